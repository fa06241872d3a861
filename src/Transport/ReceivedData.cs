using NetCore.Core;

namespace NetCore.Transport;

/// <summary>Received bytes, lent to the receiver for the time of one callback.</summary>
public readonly ref struct ReceivedData
{
    private readonly BlockPool _pool;
    private readonly Block? _block;
    private readonly int _offset;

    /// <summary>Wraps <paramref name="length"/> bytes of a block that the engine holds.</summary>
    public ReceivedData(BlockPool pool, Block block, int offset, int length)
    {
        _pool = pool;
        _block = block;
        _offset = offset;
        Span = block.Span.Slice(offset, length);
    }

    /// <summary>Wraps memory that never leaves the callback (a kernel ring): retaining always copies.</summary>
    public ReceivedData(BlockPool pool, ReadOnlySpan<byte> span)
    {
        _pool = pool;
        Span = span;
    }

    /// <summary>The bytes, valid until the callback returns.</summary>
    public ReadOnlySpan<byte> Span { get; }

    /// <summary>Bytes there are.</summary>
    public int Length => Span.Length;

    /// <summary>Keeps a part beyond the callback; the caller owns the lease and disposes it.</summary>
    /// <param name="offset">Start within <see cref="Span"/>.</param>
    /// <param name="length">
    /// Bytes; up to <see cref="TransportLimits.RetainCopyBytes"/> they are copied, because a reference would hold a
    /// whole 32 KiB block for a small message; more count a reference on the block when there is one.
    /// </param>
    /// <exception cref="ByteBudgetExceededException">No memory left in the budget for the copy.</exception>
    public Lease Retain(int offset, int length)
    {
        var part = Span.Slice(offset, length);
        if (_block is not null && length > TransportLimits.RetainCopyBytes)
        {
            _block.AddReference();
            return new Lease(_block, _offset + offset, length);
        }

        if (length == 0)
        {
            return default;
        }

        var size = length <= CoreLimits.SmallBlockBytes ? BlockSize.Small
            : length <= CoreLimits.MediumBlockBytes ? BlockSize.Medium : BlockSize.Large;
        var copy = _pool.Rent(size, "retained input");
        part.CopyTo(copy.Span);
        return new Lease(copy, 0, length);
    }
}
