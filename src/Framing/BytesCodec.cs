using System.Buffers;
using NetCore.Framing.Internal;

namespace NetCore.Framing;

/// <summary>The ready codecs: a message is a run of bytes, found in place and never copied.</summary>
/// <remarks>Immutable, thread-safe, and nothing is allocated. Spans and sequences give the same answers.</remarks>
public abstract class BytesCodec : FrameCodec<ReadOnlySequence<byte>>
{
    private protected BytesCodec((int Shortest, int Longest) lengths)
    {
        MinLength = lengths.Shortest;
        MaxLength = lengths.Longest;
    }

    /// <summary>Shortest message in bytes that this codec writes.</summary>
    public int MinLength { get; }

    /// <summary>Longest message in bytes that this codec writes and takes.</summary>
    public int MaxLength { get; }

    /// <summary>The bytes of a message that <see cref="WriteHead"/> writes itself, at the message's front.</summary>
    private protected virtual int SkippedBytes => 0;

    /// <summary>What follows each message.</summary>
    private protected virtual ReadOnlySpan<byte> Tail => [];

    /// <inheritdoc/>
    public sealed override DecodeStatus TryDecode(
        ref ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> message)
    {
        var status = Find(new ByteView(buffer), out var extent);
        if (status != DecodeStatus.Complete)
        {
            message = default;
            return status;
        }

        message = buffer.Slice(extent.Start, extent.Length);
        buffer = buffer.Slice(extent.Consumed);
        return DecodeStatus.Complete;
    }

    /// <summary>Takes one message from the front of <paramref name="buffer"/>.</summary>
    /// <param name="buffer">What has arrived; on Complete it starts behind the message, else it is unchanged.</param>
    /// <param name="message">On Complete, the message, in place; else empty.</param>
    public DecodeStatus TryDecode(ref ReadOnlySpan<byte> buffer, out ReadOnlySpan<byte> message)
    {
        var status = Find(new ByteView(buffer), out var extent);
        if (status != DecodeStatus.Complete)
        {
            message = default;
            return status;
        }

        message = buffer.Slice(extent.Start, extent.Length);
        buffer = buffer[extent.Consumed..];
        return DecodeStatus.Complete;
    }

    /// <inheritdoc/>
    public sealed override void Encode(in ReadOnlySequence<byte> message, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        var view = new ByteView(message);
        ThrowIfUnfit(view);
        WriteHeadTo(view, output);
        foreach (var piece in message.Slice(SkippedBytes))
        {
            output.Write(piece.Span);
        }

        output.Write(Tail);
    }

    /// <summary>Writes one message.</summary>
    /// <exception cref="ArgumentException">A reader with the same settings would not give it back.</exception>
    public void Encode(ReadOnlySpan<byte> message, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        var view = new ByteView(message);
        ThrowIfUnfit(view);
        WriteHeadTo(view, output);
        output.Write(message[SkippedBytes..]);
        output.Write(Tail);
    }

    /// <summary>Writes one message into a span.</summary>
    /// <param name="message">The message.</param>
    /// <param name="destination">Where to; <see cref="GetEncodedLength"/> bytes are enough.</param>
    /// <param name="written">The bytes written, 0 when the answer is false.</param>
    /// <returns>False, with nothing written, when the destination is too short.</returns>
    /// <exception cref="ArgumentException">A reader with the same settings would not give it back.</exception>
    public bool TryEncode(ReadOnlySpan<byte> message, Span<byte> destination, out int written)
    {
        written = 0;
        var view = new ByteView(message);
        ThrowIfUnfit(view);
        if (destination.Length < GetEncodedLength(message.Length))
        {
            return false;
        }

        var head = HeadLength(message.Length);
        WriteHead(view, destination[..head]);
        message[SkippedBytes..].CopyTo(destination[head..]);
        written = head + message.Length - SkippedBytes;
        Tail.CopyTo(destination[written..]);
        written += Tail.Length;
        return true;
    }

    /// <summary>Bytes on the wire of a message of <paramref name="messageLength"/> bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Such a message is not written.</exception>
    public int GetEncodedLength(int messageLength)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(messageLength, MinLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(messageLength, MaxLength);
        return HeadLength(messageLength) + messageLength - SkippedBytes + Tail.Length;
    }

    /// <summary>Where the first message lies.</summary>
    private protected abstract DecodeStatus Find(in ByteView buffer, out FrameExtent extent);

    /// <summary>Bytes of the head of a message of a length; at most <see cref="FramingLimits.MaxHeadBytes"/>.</summary>
    private protected virtual int HeadLength(int messageLength) => 0;

    /// <summary>Fills the head.</summary>
    private protected virtual void WriteHead(in ByteView message, Span<byte> head)
    {
    }

    /// <summary>False for bytes that would not come back as they are.</summary>
    private protected virtual bool CanCarry(in ByteView message) => true;

    private void WriteHeadTo(in ByteView message, IBufferWriter<byte> output)
    {
        if (HeadLength((int)message.Length) is var length and > 0)
        {
            WriteHead(message, output.GetSpan(length)[..length]);
            output.Advance(length);
        }
    }

    private void ThrowIfUnfit(in ByteView message)
    {
        if (message.Length < MinLength || message.Length > MaxLength)
        {
            throw new ArgumentException(
                $"A message of {message.Length} bytes is outside {MinLength} to {MaxLength}.", nameof(message));
        }

        if (!CanCarry(message))
        {
            throw new ArgumentException(
                "The message holds what ends it, so a reader would not give it back.", nameof(message));
        }
    }
}
