using System.Buffers;
using System.Globalization;
using NetCore.Framing;

namespace NetCore.Samples.Redis;

/// <summary>RESP2 and RESP3, https://redis.io/docs/latest/develop/reference/protocol-spec, as values.</summary>
/// <remarks>
/// A value that has not arrived as a whole is read again from its start when more of it has come: that is the price
/// of a codec without state. What is allocated follows what has arrived and not what a length claims.
/// </remarks>
internal sealed class RespCodec(int maxBytes = 1 << 20) : FrameCodec<RespValue>
{
    // Deeper than any reply of Redis, and far from the end of a stack.
    private const int MaxDepth = 16;
    private const int MaxLine = 64 * 1024;

    public override DecodeStatus TryDecode(ref ReadOnlySequence<byte> buffer, out RespValue? message)
    {
        var reader = new SequenceReader<byte>(buffer);
        var status = Read(ref reader, 0, out message);
        if (status == DecodeStatus.Complete)
        {
            buffer = reader.UnreadSequence;
        }

        return status;
    }

    public override void Encode(in RespValue message, IBufferWriter<byte> output)
    {
        if (message is { Kind: '$' or '!' or '=', Bytes: { } bytes })
        {
            WriteLine(output, message.Kind, bytes.Length);
            output.Write(bytes);
            output.Write("\r\n"u8);
        }
        else if (message.Items is { } items)
        {
            WriteLine(output, message.Kind, message.Kind is '%' or '|' ? items.Length / 2 : items.Length);
            foreach (var item in items)
            {
                Encode(item, output);
            }
        }
        else
        {
            output.Write([(byte)message.Kind, .. message.Bytes ?? [], (byte)'\r', (byte)'\n']);
        }
    }

    private static void WriteLine(IBufferWriter<byte> output, char kind, int number)
    {
        var span = output.GetSpan(16);
        span[0] = (byte)kind;
        number.TryFormat(span[1..], out var written, provider: CultureInfo.InvariantCulture);
        "\r\n"u8.CopyTo(span[(written + 1)..]);
        output.Advance(written + 3);
    }

    private DecodeStatus Read(ref SequenceReader<byte> reader, int depth, out RespValue? value)
    {
        value = null;
        if (!reader.TryReadTo(out ReadOnlySequence<byte> line, "\r\n"u8))
        {
            return reader.Remaining > MaxLine ? DecodeStatus.TooLarge : DecodeStatus.NeedMore;
        }

        if (line.IsEmpty || line.Length > MaxLine || depth > MaxDepth)
        {
            return line.Length > MaxLine ? DecodeStatus.TooLarge : DecodeStatus.Malformed;
        }

        var bytes = line.ToArray();
        var (kind, rest) = ((char)bytes[0], bytes[1..]);
        if ("+-:,(#_".Contains(kind, StringComparison.Ordinal))
        {
            value = new RespValue(kind, rest);
            return DecodeStatus.Complete;
        }

        if (!"$!=*~>%|".Contains(kind, StringComparison.Ordinal)
            || !int.TryParse(rest, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var count)
            || count < -1)
        {
            return DecodeStatus.Malformed;
        }

        if (count < 0)
        {
            // The nulls of RESP2: a string or an array of length -1.
            value = new RespValue('_');
            return kind is '$' or '*' ? DecodeStatus.Complete : DecodeStatus.Malformed;
        }

        return count > maxBytes ? DecodeStatus.TooLarge
            : "$!=".Contains(kind, StringComparison.Ordinal) ? ReadString(ref reader, kind, count, out value)
            : ReadItems(ref reader, kind, kind is '%' or '|' ? count * 2 : count, depth, out value);
    }

    private static DecodeStatus ReadString(ref SequenceReader<byte> reader, char kind, int length, out RespValue? value)
    {
        value = null;
        if (reader.Remaining < length + 2)
        {
            return DecodeStatus.NeedMore;
        }

        var bytes = reader.UnreadSequence.Slice(0, length).ToArray();
        reader.Advance(length);
        value = new RespValue(kind, bytes);
        return reader.IsNext("\r\n"u8, advancePast: true) ? DecodeStatus.Complete : DecodeStatus.Malformed;
    }

    private DecodeStatus ReadItems(
        ref SequenceReader<byte> reader, char kind, int count, int depth, out RespValue? value)
    {
        value = null;
        var items = new List<RespValue>();
        while (items.Count < count)
        {
            var status = Read(ref reader, depth + 1, out var item);
            if (status != DecodeStatus.Complete)
            {
                return status;
            }

            items.Add(item!);
        }

        value = new RespValue(kind, Items: [.. items]);

        // An attribute stands before the value that it is about; nobody here asks for it.
        return kind == '|' ? Read(ref reader, depth + 1, out value) : DecodeStatus.Complete;
    }
}
