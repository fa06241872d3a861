using NetCore.Core;
using NetCore.Session;
using NetCore.Transport;

namespace NetCore.PubSub.Internal;

/// <summary>Records in a received message, for the time of its callback.</summary>
internal readonly ref struct ReceivedRecords
{
    private readonly IncomingMessage _message;
    private readonly int _offset;

    public ReceivedRecords(in IncomingMessage message, int offset, int length)
    {
        _message = message;
        _offset = offset;
        Length = length;
    }

    public int Length { get; }

    /// <summary>The bytes; those of a long message that lies in pieces are put together in an array.</summary>
    public ReadOnlySpan<byte> ToSpan()
    {
        if (_message.IsContiguous)
        {
            return _message.Span.Slice(_offset, Length);
        }

        var whole = new byte[Length];
        _message.CopyTo(_offset, whole);
        return whole;
    }

    /// <summary>Keeps the bytes beyond the callback; short ones in the arena.</summary>
    /// <exception cref="ByteBudgetExceededException">No memory.</exception>
    public LeasedBytes Keep(SliceArena arena) => _message.IsContiguous && Length <= TransportLimits.RetainCopyBytes
        ? new LeasedBytes(arena.Copy(_message.Span.Slice(_offset, Length)))
        : _message.Retain(_offset, Length);
}
