using System.Buffers;
using System.Buffers.Binary;

namespace NetCore.Framing;

/// <summary>Messages behind a four-byte length that does not count itself. Immutable and thread-safe.</summary>
public sealed class LengthPrefixCodec
{
    private const int PrefixBytes = sizeof(uint);

    private readonly bool _bigEndian;
    private readonly int _maxLength;

    /// <summary>Makes a codec.</summary>
    /// <param name="options">Null for the defaults.</param>
    public LengthPrefixCodec(LengthPrefixCodecOptions? options = null)
    {
        options ??= new LengthPrefixCodecOptions();
        _bigEndian = options.Order == ByteOrder.BigEndian;
        _maxLength = options.MaxLength;
    }

    /// <summary>Takes one message from the front of <paramref name="buffer"/>.</summary>
    /// <param name="buffer">What has arrived; on Complete it starts behind the message, else it is unchanged.</param>
    /// <param name="message">On Complete, the message, in place and without its prefix; else empty.</param>
    /// <returns>TooLarge as soon as the prefix is there, however little of the message is.</returns>
    public DecodeStatus TryDecode(ref ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> message)
    {
        message = default;
        if (buffer.Length < PrefixBytes)
        {
            return DecodeStatus.NeedMore;
        }

        var length = ReadPrefix(buffer);
        if (length > (uint)_maxLength)
        {
            return DecodeStatus.TooLarge;
        }

        if (buffer.Length - PrefixBytes < length)
        {
            return DecodeStatus.NeedMore;
        }

        message = buffer.Slice(PrefixBytes, length);
        buffer = buffer.Slice(message.End);
        return DecodeStatus.Complete;
    }

    /// <summary>Writes the prefix and the message.</summary>
    /// <exception cref="ArgumentException">The message is longer than the options allow.</exception>
    public void Encode(ReadOnlySpan<byte> message, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (message.Length > _maxLength)
        {
            throw new ArgumentException($"A message of {message.Length} bytes is over the limit of {_maxLength}.",
                nameof(message));
        }

        var prefix = output.GetSpan(PrefixBytes);
        if (_bigEndian)
        {
            BinaryPrimitives.WriteInt32BigEndian(prefix, message.Length);
        }
        else
        {
            BinaryPrimitives.WriteInt32LittleEndian(prefix, message.Length);
        }

        output.Advance(PrefixBytes);
        output.Write(message);
    }

    private uint ReadPrefix(in ReadOnlySequence<byte> buffer)
    {
        Span<byte> prefix = stackalloc byte[PrefixBytes];
        buffer.Slice(0, PrefixBytes).CopyTo(prefix);
        return _bigEndian
            ? BinaryPrimitives.ReadUInt32BigEndian(prefix)
            : BinaryPrimitives.ReadUInt32LittleEndian(prefix);
    }
}
