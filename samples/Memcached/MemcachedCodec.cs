using System.Buffers;
using System.Globalization;
using System.Text;
using NetCore.Framing;

namespace NetCore.Samples.Memcached;

/// <summary>
/// The replies of the text protocol (doc/protocol.txt of memcached): a codec made of a ready one. A line is a message
/// of <see cref="LineCodec"/>; a line "VALUE key flags bytes" is followed by so many bytes and CR LF.
/// </summary>
internal sealed class MemcachedCodec(int maxData = 1 << 20) : FrameCodec<MemcachedReply>
{
    private const int MaxLine = 2048;

    private readonly LineCodec _lines = new(new LineCodecOptions { MaxLength = MaxLine, WritesCrLf = true });

    public override DecodeStatus TryDecode(ref ReadOnlySequence<byte> buffer, out MemcachedReply message)
    {
        message = default;
        var rest = buffer;
        var status = _lines.TryDecode(ref rest, out var line);
        if (status != DecodeStatus.Complete)
        {
            return status;
        }

        var text = Encoding.Latin1.GetString(line);
        if (!text.StartsWith("VALUE ", StringComparison.Ordinal))
        {
            message = new MemcachedReply(text);
            buffer = rest;
            return DecodeStatus.Complete;
        }

        var words = text.Split(' ');
        if (words.Length is not (4 or 5)
            || !int.TryParse(words[3], NumberStyles.None, CultureInfo.InvariantCulture, out var length))
        {
            return DecodeStatus.Malformed;
        }

        if (length > maxData || rest.Length < length + 2)
        {
            return length > maxData ? DecodeStatus.TooLarge : DecodeStatus.NeedMore;
        }

        var end = new SequenceReader<byte>(rest.Slice(length));
        if (!end.IsNext("\r\n"u8, advancePast: true))
        {
            return DecodeStatus.Malformed;
        }

        message = new MemcachedReply(text, rest.Slice(0, length).ToArray());
        buffer = end.UnreadSequence;
        return DecodeStatus.Complete;
    }

    /// <summary>Writes what a server would, and with a command line before it what a client does.</summary>
    public override void Encode(in MemcachedReply message, IBufferWriter<byte> output)
    {
        _lines.Encode(Encoding.Latin1.GetBytes(message.Line), output);
        if (message.Data is { } data)
        {
            output.Write(data);
            output.Write("\r\n"u8);
        }
    }
}
