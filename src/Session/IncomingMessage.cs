using NetCore.Core;
using NetCore.Transport;

namespace NetCore.Session;

/// <summary>One whole message of a stream, lent to its receiver for the time of one callback.</summary>
public readonly ref struct IncomingMessage
{
    private readonly ReceivedData _data;
    private readonly int _offset;
    private readonly LeasedBytes _leased;
    private readonly bool _isLeased;

    /// <summary>A message that lies in one frame of the received bytes.</summary>
    internal IncomingMessage(ReceivedData data, int offset, int length, bool isLast)
    {
        _data = data;
        _offset = offset;
        Length = length;
        IsLast = isLast;
    }

    /// <summary>A message that was put together or decompressed; the session keeps the lease.</summary>
    internal IncomingMessage(LeasedBytes leased, bool isLast)
    {
        _leased = leased;
        _isLeased = true;
        Length = leased.Length;
        IsLast = isLast;
    }

    /// <summary>Bytes.</summary>
    public int Length { get; }

    /// <summary>The peer's half of the stream ends with it.</summary>
    public bool IsLast { get; }

    /// <summary>True when <see cref="Span"/> gives all bytes.</summary>
    public bool IsContiguous => !_isLeased || _leased.IsContiguous;

    /// <summary>All bytes, valid until the callback returns; only when they are contiguous.</summary>
    public ReadOnlySpan<byte> Span => _isLeased ? _leased.Memory.Span : _data.Span.Slice(_offset, Length);

    /// <summary>Keeps a part beyond the callback; the caller disposes it.</summary>
    /// <exception cref="ByteBudgetExceededException">No memory left in the budget for a copy.</exception>
    public LeasedBytes Retain(int offset, int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)offset, (uint)Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)length, (uint)(Length - offset));
        return _isLeased
            ? _leased.Share(offset, length)
            : new LeasedBytes(_data.Retain(_offset + offset, length));
    }

    /// <summary>Copies a part.</summary>
    public void CopyTo(int offset, Span<byte> destination)
    {
        if (IsContiguous)
        {
            Span.Slice(offset, destination.Length).CopyTo(destination);
            return;
        }

        using var part = _leased.Share(offset, destination.Length);
        part.CopyTo(destination);
    }
}
