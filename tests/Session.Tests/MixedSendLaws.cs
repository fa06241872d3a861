using FsCheck.Xunit;
using NetCore.Core;
using NetCore.Framing;
using NetCore.Testing.Shared;

namespace NetCore.Session.Tests;

/// <summary>
/// Frames that are copied and frames that are linked share the few segments of a batch: a link takes one, a header or
/// a checksum that is copied beside it takes another. Whatever the order, what was chosen must fit.
/// </summary>
public class MixedSendLaws
{
    private const int Streams = 50;

    [Property(MaxTest = 100)]
    public void Any_mix_of_copied_and_linked_frames_fits_its_batches_and_comes_out_whole(ulong seed)
    {
        var random = new SeededRandomSource(seed);
        var options = new SessionOptions { Checksum = random.Next(2) == 0, Compress = random.Next(4) == 0 };
        var peer = new SessionOptions { StreamWindowBytes = 1 << 20, ConnectionWindowBytes = 16 << 20 };
        using var wired = new Wired(SessionRole.Connector, options, peer);
        wired.Connection.Block();
        var expected = new List<(TestStream Stream, byte[] Bytes)>();
        for (var i = 0; i < Streams; i++)
        {
            var message = wired.Session.RentMessage();
            var stream = new TestStream();
            expected.Add((stream, Fill(message, wired.World.World.Blocks, random)));
            var frameClass = random.Next(3) == 0 ? FrameClass.Bulk : FrameClass.Call;
            var result = wired.Session.Open(stream, message, UpperProtocol.User, end: true, false, frameClass);
            Assert.Equal(OpenResult.Opened, result);
            if (random.Next(8) == 0)
            {
                // Its answer, a control frame, is copied among the others.
                wired.Feed(Frame.Ping((ulong)i));
            }
        }

        wired.Connection.Unblock();
        var frames = wired.Sent().Where(frame => frame.Kind is FrameKind.Open or FrameKind.Data)
            .ToLookup(frame => frame.Id);
        Assert.False(wired.IsClosed, wired.IsClosed ? wired.Close.ToString() : null);
        foreach (var (stream, bytes) in expected)
        {
            Assert.Equal(bytes, frames[stream.Id].SelectMany(Decoded).ToArray());
        }
    }

    // One to three pieces: written into the message's own memory, or leased memory, around the bound of linking.
    private static byte[] Fill(OutgoingMessage message, BlockPool blocks, SeededRandomSource random)
    {
        var all = new List<byte>();
        for (var pieces = 1 + random.Next(3); pieces > 0; pieces--)
        {
            var length = random.Next(4) switch
            {
                0 => random.Next(20),
                1 => random.Next(SessionLimits.CopyIntoBatchBytes),
                2 => SessionLimits.CopyIntoBatchBytes + 1 + random.Next(300),
                _ => random.Next(FramingLimits.MaxPayloadBytes),
            };
            var bytes = Payload.Random(length, random.Next(1000));
            all.AddRange(bytes);
            if (random.Next(2) == 0)
            {
                message.Append(LeasedBytes.Copy(blocks, bytes));
            }
            else
            {
                System.Buffers.BuffersExtensions.Write(message, bytes);
            }
        }

        return [.. all];
    }

    private static byte[] Decoded(Frame frame)
    {
        Assert.Equal(FrameStatus.Complete, FrameDecoder.TryRead(frame.Bytes, out var view, out _));
        if ((frame.Header.Flags & FrameFlags.Compressed) == 0)
        {
            return frame.Payload;
        }

        var bytes = new byte[FramingLimits.MaxPayloadBytes];
        Assert.Equal(FrameStatus.Complete, FrameDecoder.TryDecompress(in view, bytes, out var length));
        return bytes[..length];
    }
}
