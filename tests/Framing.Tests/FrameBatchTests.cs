namespace NetCore.Framing.Tests;

/// <summary>Many frames in a row, as a busy connection brings them.</summary>
public sealed class FrameBatchTests
{
    private const int Frames = 1000;
    private const int PayloadBytes = 32;

    [Fact]
    public void A_batch_of_a_thousand_small_frames_is_written_and_read_without_an_allocation()
    {
        var wire = new byte[Frames * (FrameHeader.Size + PayloadBytes)];
        var payload = new byte[PayloadBytes];
        Assert.Equal(wire.Length, Write(wire, payload));
        Assert.Equal(Frames, Read(wire));

        var before = GC.GetAllocatedBytesForCurrentThread();
        var written = Write(wire, payload);
        var read = Read(wire);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal((wire.Length, Frames, 0L), (written, read, allocated));
    }

    private static int Write(Span<byte> destination, ReadOnlySpan<byte> payload)
    {
        var end = 0;
        for (var i = 0; i < Frames; i++)
        {
            var header = new FrameHeader(
                PayloadBytes, FrameKind.Open, FrameFlags.End, UpperProtocol.Rpc, FrameClass.Call, (ulong)(2 * i) + 1);
            FrameEncoder.TryWrite(destination[end..], header, payload, out var written);
            end += written;
        }

        return end;
    }

    private static int Read(ReadOnlySpan<byte> wire)
    {
        var frames = 0;
        while (FrameDecoder.TryRead(wire, out _, out var consumed) == FrameStatus.Complete)
        {
            frames++;
            wire = wire[consumed..];
        }

        return frames;
    }
}
