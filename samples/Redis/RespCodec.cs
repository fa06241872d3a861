using System.Buffers;
using System.Buffers.Text;
using System.Text;
using NetCore.Framing;

namespace NetCore.Samples.Redis;

/// <summary>RESP2 and RESP3, https://redis.io/docs/latest/develop/reference/protocol-spec, as values.</summary>
internal sealed class RespCodec(int maxBytes = 1 << 20) : FrameCodec<RespValue>
{
    // Deeper than any reply of Redis, and far from the end of a stack.
    private const int MaxDepth = 16;

    public override DecodeStatus TryDecode(ref ReadOnlySequence<byte> buffer, out RespValue? message)
    {
        // Nothing behind the longest value is looked at, so that the answer does not depend on what has come already.
        var reader = new SequenceReader<byte>(buffer.Slice(0, Math.Min(buffer.Length, maxBytes)));
        var status = Read(ref reader, 0, out message);
        buffer = status == DecodeStatus.Complete ? buffer.Slice(reader.Consumed) : buffer;
        return status == DecodeStatus.NeedMore && buffer.Length >= maxBytes ? DecodeStatus.TooLarge : status;
    }

    public override void Encode(in RespValue message, IBufferWriter<byte> output)
    {
        var (kind, bytes, items) = message;
        var count = items?.Length / ItemsPerCount(kind) ?? bytes?.Length;
        Encoding.ASCII.GetBytes(items is null && !IsString(kind) ? $"{kind}" : $"{kind}{count}\r\n", output);
        Array.ForEach(items ?? [], item => Encode(item, output));
        output.Write(bytes);
        output.Write(items is null ? "\r\n"u8 : []);
    }

    private static bool IsString(char kind) => kind is '$' or '!' or '=';

    private static int ItemsPerCount(char kind) => kind is '%' or '|' ? 2 : 1; // of a map: a key and its value

    private DecodeStatus Read(ref SequenceReader<byte> reader, int depth, out RespValue? value)
    {
        value = null;
        if (!reader.TryReadTo(out ReadOnlySequence<byte> line, "\r\n"u8))
        {
            return DecodeStatus.NeedMore;
        }

        var bytes = line.ToArray();
        var kind = bytes is [var first, ..] && depth <= MaxDepth ? (char)first : '?';
        if (kind is '+' or '-' or ':' or ',' or '(' or '#' or '_')
        {
            value = new RespValue(kind, bytes[1..]);
            return DecodeStatus.Complete;
        }

        if (!(IsString(kind) || kind is '*' or '~' or '>' or '%' or '|')
            || !Utf8Parser.TryParse(bytes.AsSpan(1), out int count, out var used) || used < bytes.Length - 1)
        {
            return DecodeStatus.Malformed;
        }

        // The nulls of RESP2: a string or an array of length -1.
        value = count == -1 && kind is ('$' or '*') ? new RespValue('_') : null;
        return count < 0 ? value is null ? DecodeStatus.Malformed : DecodeStatus.Complete
            : count > maxBytes ? DecodeStatus.TooLarge
            : IsString(kind) ? ReadString(ref reader, kind, count, out value)
            : ReadItems(ref reader, kind, count * ItemsPerCount(kind), depth, out value);
    }

    private static DecodeStatus ReadString(ref SequenceReader<byte> reader, char kind, int length, out RespValue? value)
    {
        value = null;
        if (!reader.TryReadExact(length + 2, out var bytes))
        {
            return DecodeStatus.NeedMore;
        }

        var isEnded = bytes.Slice(length).ToArray() is [(byte)'\r', (byte)'\n'];
        value = isEnded ? new RespValue(kind, bytes.Slice(0, length).ToArray()) : null;
        return isEnded ? DecodeStatus.Complete : DecodeStatus.Malformed;
    }

    private DecodeStatus ReadItems(
        ref SequenceReader<byte> reader, char kind, int count, int depth, out RespValue? value)
    {
        var items = new List<RespValue>();
        for (value = null; items.Count < count; items.Add(value!))
        {
            if (Read(ref reader, depth + 1, out value) is not DecodeStatus.Complete and var status)
            {
                return status;
            }
        }

        // An attribute stands before the value that it is about; nobody here asks for it.
        value = new RespValue(kind, Items: [.. items]);
        return kind == '|' ? Read(ref reader, depth + 1, out value) : DecodeStatus.Complete;
    }
}
