using System.Buffers;
using System.Globalization;
using System.Text;
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
    private const string Lines = "+-:,(#_";
    private const string Strings = "$!=";
    private const string Lists = "*~>%|";

    public override DecodeStatus TryDecode(ref ReadOnlySequence<byte> buffer, out RespValue? message)
    {
        // Nothing behind the longest value is looked at, so that the answer does not depend on what has come already.
        var reader = new SequenceReader<byte>(buffer.Slice(0, Math.Min(buffer.Length, maxBytes)));
        var status = Read(ref reader, 0, out message);
        if (status == DecodeStatus.Complete)
        {
            buffer = buffer.Slice(reader.Consumed);
        }

        return status == DecodeStatus.NeedMore && buffer.Length >= maxBytes ? DecodeStatus.TooLarge : status;
    }

    public override void Encode(in RespValue message, IBufferWriter<byte> output)
    {
        var (kind, bytes, items) = message;
        if (items is not null)
        {
            Encoding.ASCII.GetBytes($"{kind}{items.Length / ItemsPerCount(kind)}\r\n", output);
            Array.ForEach(items, item => Encode(item, output));
            return;
        }

        var isString = Strings.Contains(kind, StringComparison.Ordinal);
        Encoding.ASCII.GetBytes(isString ? $"{kind}{bytes?.Length}\r\n" : $"{kind}", output);
        output.Write(bytes);
        output.Write("\r\n"u8);
    }

    // A map is counted in pairs.
    private static int ItemsPerCount(char kind) => kind is '%' or '|' ? 2 : 1;

    private DecodeStatus Read(ref SequenceReader<byte> reader, int depth, out RespValue? value)
    {
        value = null;
        if (!reader.TryReadTo(out ReadOnlySequence<byte> line, "\r\n"u8))
        {
            return DecodeStatus.NeedMore;
        }

        var bytes = line.ToArray();
        var kind = bytes is [var first, ..] && depth <= MaxDepth ? (char)first : '?';
        if (Lines.Contains(kind, StringComparison.Ordinal))
        {
            value = new RespValue(kind, bytes[1..]);
            return DecodeStatus.Complete;
        }

        const NumberStyles style = NumberStyles.AllowLeadingSign;
        if (!(Strings + Lists).Contains(kind, StringComparison.Ordinal)
            || !int.TryParse(bytes.AsSpan(1), style, CultureInfo.InvariantCulture, out var count))
        {
            return DecodeStatus.Malformed;
        }

        if (count < 0)
        {
            // The nulls of RESP2: a string or an array of length -1.
            value = count == -1 && kind is ('$' or '*') ? new RespValue('_') : null;
            return value is null ? DecodeStatus.Malformed : DecodeStatus.Complete;
        }

        return count > maxBytes ? DecodeStatus.TooLarge
            : Strings.Contains(kind, StringComparison.Ordinal) ? ReadString(ref reader, kind, count, out value)
            : ReadItems(ref reader, kind, count * ItemsPerCount(kind), depth, out value);
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
        value = reader.IsNext("\r\n"u8, advancePast: true) ? new RespValue(kind, bytes) : null;
        return value is null ? DecodeStatus.Malformed : DecodeStatus.Complete;
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
