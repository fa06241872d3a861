using NetCore.Core;

namespace NetCore.PubSub.Internal;

/// <summary>Copies short pieces one behind the other into shared blocks. For one thread at a time.</summary>
/// <remarks>A block of its own for each message of 100 bytes would hold more than ten times what is in it.</remarks>
internal sealed class SliceArena(BlockPool pool, string owner)
{
    private Block? _block;
    private int _used;

    /// <summary>The block that was copied into last.</summary>
    public Block? Block => _block;

    /// <exception cref="ByteBudgetExceededException">No memory.</exception>
    public Lease Copy(ReadOnlySpan<byte> bytes)
    {
        if (_block is null || bytes.Length > _block.Capacity - _used)
        {
            var fresh = pool.Rent(BlockSize.Medium, owner);
            _block?.Release();
            _block = fresh;
            _used = 0;
        }

        bytes.CopyTo(_block.Span[_used..]);
        _block.AddReference();
        var lease = new Lease(_block, _used, bytes.Length);
        _used += bytes.Length;
        return lease;
    }

    /// <summary>Nothing comes for a while: a block that nobody else holds goes back.</summary>
    public void Trim()
    {
        if (_block is { References: 1 })
        {
            Drop();
        }
    }

    public void Drop()
    {
        _block?.Release();
        _block = null;
    }
}
