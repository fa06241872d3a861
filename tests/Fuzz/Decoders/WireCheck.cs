using NetCore.Framing;
using NetCore.Fuzz.Memory;

namespace NetCore.Fuzz.Decoders;

/// <summary>The decoder and the encoder of the NetCore wire.</summary>
internal static class WireCheck
{
    private static readonly GuardedMemory Output = new(20 * 1024);

    /// <summary>Frame after frame, until more bytes are needed or a rule is broken.</summary>
    public static void Frames(ReadOnlyMemory<byte> input)
    {
        var rest = input.Span;
        while (true)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var status = FrameDecoder.TryRead(rest, out var frame, out var consumed);
            BrokenLawException.Unless(GC.GetAllocatedBytesForCurrentThread() == before);
            ReadAgain(rest, status, consumed);
            if (status != FrameStatus.Complete)
            {
                BrokenLawException.Unless(consumed == 0 && frame.Header == default && frame.Payload.IsEmpty);
                return;
            }

            WriteAgain(frame, rest[..consumed]);
            if ((frame.Header.Flags & FrameFlags.Compressed) != 0)
            {
                Lz4Check.Decode(frame.Payload);
            }

            rest = rest[consumed..];
        }
    }

    // Less of the same bytes gives the same violation or a wait, never another answer.
    private static void ReadAgain(ReadOnlySpan<byte> bytes, FrameStatus status, int consumed)
    {
        var enough = status == FrameStatus.Complete ? consumed : bytes.Length;
        foreach (var length in (ReadOnlySpan<int>)[enough - 1, enough / 2, Math.Min(enough, FrameHeader.Size)])
        {
            var less = length < 0 ? FrameStatus.NeedMore : FrameDecoder.TryRead(bytes[..length], out _, out _);
            var isSame = length >= enough && less == status;
            BrokenLawException.Unless(
                less == FrameStatus.NeedMore || isSame || (less == status && status > FrameStatus.NeedMore));
        }
    }

    // There is one way to write a frame.
    private static void WriteAgain(in FrameView frame, ReadOnlySpan<byte> wire)
    {
        var output = Output.AtEnd(wire.Length).Span;
        BrokenLawException.Unless(FrameEncoder.TryWrite(output, frame.Header, frame.Payload, out var written));
        BrokenLawException.Unless(written == wire.Length && output.SequenceEqual(wire));
        BrokenLawException.Unless(frame.Header.WireLength == wire.Length);
    }
}
