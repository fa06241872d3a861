using NetCore.Framing.Internal;

namespace NetCore.Framing;

/// <summary>Messages that end in a sequence of bytes of your choice. Immutable and thread-safe.</summary>
/// <remarks>
/// For lines that end in CR LF and nothing else, take the delimiter <c>"\r\n"u8</c>; <see cref="LineCodec"/> also
/// takes a bare LF. The codec keeps no place between calls, so a message that arrives in pieces is looked through once
/// per piece; the longest message bounds that work.
/// </remarks>
public sealed class DelimiterCodec : BytesCodec
{
    private readonly byte[] _delimiter;

    /// <summary>Makes a codec.</summary>
    /// <param name="delimiter">
    /// What ends each message; 1 to <see cref="FramingLimits.MaxDelimiterBytes"/> bytes, which are copied.
    /// </param>
    /// <param name="maxLength">
    /// Longest message in bytes, without the delimiter: 1 to <see cref="FramingLimits.MaxCodecMessage"/>.
    /// </param>
    /// <exception cref="ArgumentException">A length is outside its range.</exception>
    public DelimiterCodec(ReadOnlySpan<byte> delimiter, int maxLength = FramingLimits.DefaultLine)
        : base((0, CodecLength.Checked(maxLength)))
    {
        if (delimiter.IsEmpty || delimiter.Length > FramingLimits.MaxDelimiterBytes)
        {
            throw new ArgumentException(
                $"A delimiter has 1 to {FramingLimits.MaxDelimiterBytes} bytes.", nameof(delimiter));
        }

        _delimiter = delimiter.ToArray();
    }

    private protected override ReadOnlySpan<byte> Tail => _delimiter;

    private protected override DecodeStatus Find(in ByteView buffer, out FrameExtent extent)
    {
        // An allowed message ends within this many bytes, so nothing behind them is looked at.
        var window = MaxLength + _delimiter.Length;
        var length = (int)buffer.IndexOf(_delimiter, window);
        if (length < 0)
        {
            extent = default;
            return buffer.Length < window ? DecodeStatus.NeedMore : DecodeStatus.TooLarge;
        }

        extent = new FrameExtent(0, length, length + _delimiter.Length);
        return DecodeStatus.Complete;
    }

    private protected override bool CanCarry(in ByteView message)
    {
        if (message.IndexOf(_delimiter, message.Length) >= 0)
        {
            return false;
        }

        // The end of the message and the start of the delimiter may be a delimiter together: "a" before "aa".
        Span<byte> seam = stackalloc byte[2 * FramingLimits.MaxDelimiterBytes];
        var tail = (int)Math.Min(_delimiter.Length - 1, message.Length);
        message.CopyTo(message.Length - tail, seam[..tail]);
        _delimiter.CopyTo(seam[tail..]);
        return seam[..(tail + _delimiter.Length)].IndexOf(_delimiter) == tail;
    }
}
