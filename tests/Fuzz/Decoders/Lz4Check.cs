using NetCore.Framing;
using NetCore.Fuzz.Memory;

namespace NetCore.Fuzz.Decoders;

/// <summary>Compressed payloads, against a decoder that is written for nothing but clarity.</summary>
internal static class Lz4Check
{
    private static readonly GuardedMemory First = new(FramingLimits.MaxPayloadBytes);
    private static readonly GuardedMemory Second = new(FramingLimits.MaxPayloadBytes);
    private static readonly GuardedMemory Expected = new(FramingLimits.MaxPayloadBytes);
    private static readonly GuardedMemory Block = new(FramingLimits.MaxPayloadBytes);

    public static void Decode(ReadOnlyMemory<byte> input) => Decode(input.Span);

    /// <summary>The same answer and bytes as the reference, whatever lay in the output before.</summary>
    public static void Decode(ReadOnlySpan<byte> payload)
    {
        if (payload.Length > FramingLimits.MaxPayloadBytes)
        {
            return;
        }

        var isSound = Lz4Reference.TryDecode(payload, Expected.GetSpan(), out var length);
        First.GetSpan()[..Math.Max(length, 64)].Clear();
        Second.GetSpan()[..Math.Max(length, 64)].Fill(0xFF);
        var frame = new FrameView(Header(payload.Length), payload);
        BrokenLawException.Unless(FrameDecoder.TryDecompress(frame, First.GetSpan(), out var written)
            == (isSound ? FrameStatus.Complete : FrameStatus.DecompressionFailed));
        BrokenLawException.Unless(
            FrameDecoder.TryDecompress(frame, Second.GetSpan(), out var again)
                == (isSound ? FrameStatus.Complete : FrameStatus.DecompressionFailed) && again == written);
        BrokenLawException.Unless(written == (isSound ? length : 0));
        BrokenLawException.Unless(First.GetSpan()[..written].SequenceEqual(Expected.GetSpan()[..written]));
        BrokenLawException.Unless(Second.GetSpan()[..written].SequenceEqual(Expected.GetSpan()[..written]));
    }

    /// <summary>What is compressed is shorter and comes back; room that is too short is not overrun.</summary>
    public static void RoundTrip(ReadOnlyMemory<byte> input)
    {
        var plain = input.Span[..Math.Min(input.Length, FramingLimits.MaxPayloadBytes)];
        var room = plain.IsEmpty ? 0 : plain.Length - (plain[0] % 4 == 0 ? plain[^1] % plain.Length : 0);
        var output = Block.AtEnd(room).Span;
        if (!FrameEncoder.TryCompress(plain, output, out var written))
        {
            BrokenLawException.Unless(written == 0);
            return;
        }

        BrokenLawException.Unless(written < plain.Length && written <= room);
        var frame = new FrameView(Header(written), output[..written]);
        var status = FrameDecoder.TryDecompress(frame, First.GetSpan(), out var length);
        BrokenLawException.Unless(status == FrameStatus.Complete && length == plain.Length);
        BrokenLawException.Unless(First.GetSpan()[..length].SequenceEqual(plain));
        BrokenLawException.Unless(Lz4Reference.TryDecode(output[..written], Expected.GetSpan(), out _));
    }

    private static FrameHeader Header(int length) =>
        new(length, FrameKind.Data, FrameFlags.Compressed, UpperProtocol.User, FrameClass.Bulk, 1);
}
