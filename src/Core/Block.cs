using System.Runtime.InteropServices;

namespace NetCore.Core;

/// <summary>A pinned piece of managed memory that its holders share by reference count.</summary>
/// <remarks>
/// Rented from a <see cref="BlockPool"/> with a count of one; whoever holds a reference may read, the one who rented it
/// writes. <see cref="Release"/> by the last holder gives it back to its pool. The generation changes at each rent, so
/// that a <see cref="Lease"/> of an earlier life is told from the present one. The counting is thread-safe.
/// </remarks>
public sealed class Block
{
    private readonly byte[] _array;
    private readonly BlockPool _pool;
    private int _references;
    private int _generation;

    internal Block(BlockPool pool, BlockSize size)
    {
        _pool = pool;
        Size = size;
        _array = GC.AllocateUninitializedArray<byte>(BlockPool.BytesOf(size), pinned: true);
    }

    /// <summary>The size class it was rented for.</summary>
    public BlockSize Size { get; }

    /// <summary>Bytes it holds.</summary>
    public int Capacity => _array.Length;

    /// <summary>Changes at each rent.</summary>
    public int Generation => Volatile.Read(ref _generation);

    /// <summary>Who rented it, as given to the pool; for diagnostics.</summary>
    public string Owner { get; private set; } = "";

    /// <summary>The whole memory, pinned: its address does not change while the process lives.</summary>
    public Memory<byte> Memory => MemoryMarshal.CreateFromPinnedArray(_array, 0, _array.Length);

    /// <summary>The whole memory.</summary>
    public Span<byte> Span => _array;

    /// <summary>The array behind the memory, for BCL calls that take only an array segment.</summary>
    public ArraySegment<byte> Segment(int offset, int length) => new(_array, offset, length);

    /// <summary>References held now; zero while the block is in its pool.</summary>
    public int References => Volatile.Read(ref _references);

    internal BlockPool Pool => _pool;

    /// <summary>Adds a holder. Only a present holder may call it.</summary>
    public void AddReference()
    {
        if (Interlocked.Increment(ref _references) <= 1)
        {
            throw new InvalidOperationException(
                $"Use after return: a reference was added to a block of '{Owner}' that is back in its pool.");
        }
    }

    /// <summary>Gives up one reference; the last one returns the block to its pool.</summary>
    /// <exception cref="InvalidOperationException">The block has no holder any more (double return).</exception>
    public void Release()
    {
        var left = Interlocked.Decrement(ref _references);
        if (left == 0)
        {
            _pool.Return(this);
        }
        else if (left < 0)
        {
            Interlocked.Increment(ref _references);
            throw new InvalidOperationException(
                $"Double return: a block last rented by '{Owner}' was released more often than it was referenced.");
        }
    }

    internal void Activate(string owner)
    {
        Owner = owner;
        Interlocked.Increment(ref _generation);
        Volatile.Write(ref _references, 1);
    }
}
