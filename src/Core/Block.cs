using System.Runtime.InteropServices;
using NetCore.Core.Internal;

namespace NetCore.Core;

/// <summary>A pinned piece of managed memory that its holders share by reference count.</summary>
/// <remarks>
/// Rented from a <see cref="BlockPool"/> with a count of one; whoever holds a reference may read, the one who rented it
/// writes. <see cref="Release"/> by the last holder gives it back to the pool that it came from; there is no way to
/// give it to another one. The generation changes at each rent and at each return, so that a <see cref="Lease"/> of an
/// earlier life is told from the present one. The counting is thread-safe.
/// </remarks>
public sealed class Block
{
    private readonly byte[] _array;
    private readonly BlockPool _pool;
    private readonly BlockTracker? _tracker;
    private int _references;

    // Written only by the one who rents and by the one who returns, when nobody else holds the block.
    private int _generation;

    internal Block(BlockPool pool, BlockSize size)
    {
        _pool = pool;
        Size = size;
        _array = GC.AllocateUninitializedArray<byte>(BlockPool.BytesOf(size), pinned: true);
        if (pool.IsTracking)
        {
            _tracker = new BlockTracker(this, _array);
        }
    }

    /// <summary>The size class it was rented for.</summary>
    public BlockSize Size { get; }

    /// <summary>Bytes it holds.</summary>
    public int Capacity => _array.Length;

    /// <summary>Changes at each rent and at each return.</summary>
    public int Generation => Volatile.Read(ref _generation);

    /// <summary>Who rented it last, as given to the pool; for diagnostics.</summary>
    public string Owner { get; private set; } = "";

    /// <summary>The whole memory, pinned: its address does not change while the process lives.</summary>
    public Memory<byte> Memory => MemoryMarshal.CreateFromPinnedArray(Live, 0, _array.Length);

    /// <summary>The whole memory.</summary>
    public Span<byte> Span => Live;

    /// <summary>References held now; zero while the block is in its pool.</summary>
    public int References => Volatile.Read(ref _references);

    internal BlockTracker? Tracker => _tracker;

    // Which cache it comes back to; written by whoever holds it alone.
    internal BlockCache? Cache { get; set; }

    // Only a tracking pool pays for the check; without one a holder is trusted.
    private byte[] Live => _tracker is null || References > 0 ? _array : throw _tracker.UseAfterReturn("it was used");

    /// <summary>The array behind the memory, for BCL calls that take only an array segment.</summary>
    public ArraySegment<byte> Segment(int offset, int length) => new(Live, offset, length);

    /// <summary>Adds a holder. Only a present holder may call it.</summary>
    /// <exception cref="BlockMisuseException">The block has no holder any more (use after return).</exception>
    public void AddReference()
    {
        // Not an increment that is taken back on failure: the next renter could begin its life in between.
        var count = Volatile.Read(ref _references);
        while (count > 0)
        {
            var seen = Interlocked.CompareExchange(ref _references, count + 1, count);
            if (seen == count)
            {
                return;
            }

            count = seen;
        }

        throw Misuse.UseAfterReturn(this, "a reference was added to it");
    }

    /// <summary>Gives up one reference; the last one returns the block to its pool.</summary>
    /// <exception cref="BlockMisuseException">The block has no holder any more (double return).</exception>
    public void Release()
    {
        var count = Volatile.Read(ref _references);
        while (count > 0)
        {
            var seen = Interlocked.CompareExchange(ref _references, count - 1, count);
            if (seen == count)
            {
                if (count == 1)
                {
                    Volatile.Write(ref _generation, _generation + 1);
                    _pool.Return(this);
                }

                return;
            }

            count = seen;
        }

        throw Misuse.DoubleReturn(this, "it was released more often than it was referenced");
    }

    internal void Activate(string owner)
    {
        Owner = owner;
        Volatile.Write(ref _generation, _generation + 1);
        Volatile.Write(ref _references, 1);
    }
}
