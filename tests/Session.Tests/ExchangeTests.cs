using NetCore.Framing;
using NetCore.Transport;

namespace NetCore.Session.Tests;

public class ExchangeTests
{
    private static readonly SessionOptions Plain = new();
    private static readonly SessionOptions Checked = new() { Checksum = true };
    private static readonly SessionOptions Compressed = new() { Compress = true };
    private static readonly SessionOptions Both = new() { Checksum = true, Compress = true };

    public static TheoryData<int> Sizes { get; } =
    [
        0, 1, 15, 1023, 1024, 1025, 1260, 1261, 16383, 16384, 16385, 32767, 32768, 49152, 65536, 65537, 262144,
        1000000, 4 * 1024 * 1024,
    ];

    [Fact]
    public void A_unary_exchange_is_one_frame_each_way()
    {
        using var wired = new Wired(SessionRole.Connector);
        var stream = wired.Open([1, 2, 3]);
        var frame = Assert.Single(wired.Sent());
        Assert.Equal((FrameKind.Open, 1ul, true), (frame.Kind, frame.Id, frame.IsEnd));
        Assert.Equal([1, 2, 3], frame.Payload);

        wired.Feed(Frame.Data(1, [4, 5]));

        Assert.Equal([4, 5], Assert.Single(stream.Messages));
        Assert.Equal(StreamEndKind.Completed, stream.End.Kind);
        Assert.Empty(wired.Sent());
        Assert.Equal(0, wired.Session.OpenStreams);
    }

    [Fact]
    public void An_accepted_exchange_is_one_frame_each_way()
    {
        using var wired = new Wired();
        wired.Feed(Frame.Open(1, [1, 2, 3]));
        Assert.True(wired.Handler.Accepted.TryPeek(out var stream));
        Assert.Equal([1, 2, 3], Assert.Single(stream.Messages));
        Assert.Empty(stream.Ends);

        Assert.True(wired.Send(stream, [9]));
        var frame = Assert.Single(wired.Sent());
        Assert.Equal((FrameKind.Data, 1ul, true), (frame.Kind, frame.Id, frame.IsEnd));
        Assert.Equal(StreamEndKind.Completed, stream.End.Kind);
        Assert.False(wired.Send(stream, [9]));
        Assert.Equal(1, wired.Session.OpenStreams);
        wired.Session.Release(stream);
        Assert.Equal(0, wired.Session.OpenStreams);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void A_message_of_any_size_comes_back_as_it_was(int size)
    {
        foreach (var options in (SessionOptions[])[Plain, Checked, Compressed, Both])
        {
            foreach (var bytes in (byte[][])[Payload.Random(size), new byte[size]])
            {
                using var pair = new Pair(options, options, pipe: new InMemoryOptions { PipeBytes = 100_000 });
                pair.Answer(request => request);
                var stream = Pair.Open(pair.Client, bytes);
                pair.World.Settle();

                Assert.Equal(bytes, Assert.Single(stream.Messages));
                Assert.Equal(StreamEndKind.Completed, stream.End.Kind);
                pair.CloseInOrder();
            }
        }
    }

    [Fact]
    [Trait("Wire", "W-37 S")]
    public void Frames_of_a_message_are_full_ones_and_a_rest()
    {
        using var wired = new Wired(SessionRole.Connector);
        wired.Open(Payload.Random(2 * FramingLimits.MaxPayloadBytes));
        var frames = wired.Sent();

        Assert.True(frames.Count <= 4);
        Assert.Equal(2 * FramingLimits.MaxPayloadBytes, frames.Sum(frame => frame.Payload.Length));
        Assert.All(frames, frame => Assert.NotEmpty(frame.Payload));
        Assert.True(frames[^1].IsEnd);
    }

    [Fact]
    public void Compression_makes_what_can_be_smaller_smaller_and_leaves_the_rest()
    {
        using var wired = new Wired(SessionRole.Connector, Both);
        wired.Open(new byte[10000]);
        wired.Open(Payload.Random(10000));
        wired.Open(new byte[1000]);
        var flags = wired.Sent().Select(frame => (frame.Header.Flags & FrameFlags.Compressed) != 0);
        Assert.Contains(true, flags);
        Assert.Contains(false, flags);
        Assert.All(wired.Sent(), frame => Assert.True(frame.IsChecked));
    }

    [Fact]
    public void A_payload_is_compressed_above_the_threshold_and_not_at_it()
    {
        using var wired = new Wired(SessionRole.Connector, Compressed);
        foreach (var more in (int[])[0, 1])
        {
            wired.Open(new byte[SessionLimits.CompressAboveBytes + more]);
            var flags = Assert.Single(wired.Sent()).Header.Flags;
            Assert.Equal(more > 0, (flags & FrameFlags.Compressed) != 0);
        }
    }

    [Fact]
    public void Short_payloads_that_go_out_together_are_not_compressed_either()
    {
        using var wired = new Wired(SessionRole.Connector, Compressed);
        wired.Connection.Block();
        wired.Open(new byte[SessionLimits.CompressAboveBytes]);
        wired.Open(new byte[SessionLimits.CompressAboveBytes]);
        wired.Connection.Unblock();
        var frames = wired.Sent();
        Assert.Equal(2, frames.Count);
        Assert.DoesNotContain(frames, frame => (frame.Header.Flags & FrameFlags.Compressed) != 0);
    }

    [Fact]
    [Trait("Wire", "W-6 S")]
    public void With_checksums_every_frame_has_one()
    {
        using var wired = new Wired(SessionRole.Connector, Checked, hello: false);
        wired.Feed(Frame.Hello());
        var stream = wired.Open(Payload.Random(20000), end: false);
        wired.Feed(Frame.Ping(7));
        wired.Reset(stream, out _);
        var frames = wired.Sent();
        Assert.Contains(frames, frame => frame.Kind == FrameKind.Reset);
        Assert.All(frames, frame => Assert.True(frame.IsChecked, frame.Kind.ToString()));
    }

    [Fact]
    [Trait("Wire", "W-22 R")]
    public void A_flipped_bit_under_a_checksum_ends_the_session()
    {
        using var wired = new Wired(SessionRole.Acceptor);
        var header = Frame.Open(1, [1, 2, 3]).Header with { Flags = FrameFlags.Checksum | FrameFlags.End };
        var bytes = new Frame(header, [1, 2, 3]).Bytes;
        bytes[17] ^= 4;
        wired.Connection.Feed(bytes);
        wired.AssertFailed(SessionError.BadChecksum);
    }

    [Fact]
    public void Streams_of_both_sides_run_at_once_and_interleave()
    {
        var pipe = new InMemoryOptions { PipeBytes = 5000, MaxDeliveryBytes = 700 };
        using var pair = new Pair(pipe: pipe, permute: true);
        pair.Answer(request => request);
        pair.ClientHandler.Opening = _ => new TestStream
        {
            OnWhole = (stream, bytes, last) => Pair.Send(pair.Client, stream, bytes, last),
            OnOver = stream => pair.Client.Release(stream),
        };
        var up = Enumerable.Range(0, 40).Select(i => Payload.Random(i * 1500, i)).ToArray();
        var streams = up.Select(bytes => Pair.Open(pair.Client, bytes)).ToArray();
        var back = up.Select(bytes => Pair.Open(pair.Server, bytes, frameClass: FrameClass.Bulk)).ToArray();
        pair.World.Settle();

        for (var i = 0; i < up.Length; i++)
        {
            Assert.Equal(up[i], Assert.Single(streams[i].Messages));
            Assert.Equal(up[i], Assert.Single(back[i].Messages));
            Assert.Equal(StreamEndKind.Completed, back[i].End.Kind);
        }

        Assert.All(streams, stream => Assert.Equal(1ul, stream.Id & 1));
        Assert.All(back, stream => Assert.Equal(0ul, stream.Id & 1));
        pair.CloseInOrder();
    }

    [Fact]
    public void Many_messages_of_one_stream_keep_their_order()
    {
        var pipe = new InMemoryOptions { PipeBytes = 9000, MaxDeliveryBytes = 999 };
        using var pair = new Pair(pipe: pipe, permute: true);
        var got = new List<int>();
        pair.ServerHandler.Opening = _ => new TestStream
        {
            OnWhole = (stream, bytes, last) =>
            {
                got.Add(bytes.Length);
                if (last)
                {
                    Pair.Send(pair.Server, stream, []);
                    pair.Server.Release(stream);
                }
            },
        };
        var client = Pair.Open(pair.Client, new byte[1], end: false);
        for (var i = 2; i <= 300; i++)
        {
            Assert.True(Pair.Send(pair.Client, client, new byte[i * 100], end: i == 300));
        }

        pair.World.Settle();
        Assert.Equal([1, .. Enumerable.Range(2, 299).Select(i => i * 100)], got);
        Assert.Equal(StreamEndKind.Completed, client.End.Kind);
        pair.CloseInOrder();
    }

    [Fact]
    public void Leased_bytes_are_linked_or_copied_and_given_back()
    {
        foreach (var size in (int[])[0, 1, 1024, 1025, 16384, 40000, 200000])
        {
            foreach (var options in (SessionOptions[])[Plain, Both])
            {
                using var pair = new Pair(options, options);
                pair.Answer(request => request);
                var bytes = Payload.Random(size);
                var message = pair.Client.RentMessage();
                message.Reserve(3).Fill(7);
                message.Append(Core.LeasedBytes.Copy(pair.World.World.Blocks, bytes));
                message.Reserve(2).Fill(8);
                var stream = new TestStream();
                Assert.Equal(size + 5, message.Length);
                Assert.Equal(OpenResult.Opened, pair.Client.Open(stream, message, UpperProtocol.User, true));
                pair.World.Settle();
                Assert.Equal([7, 7, 7, .. bytes, 8, 8], Assert.Single(stream.Messages));
            }
        }
    }

    [Fact]
    [Trait("Wire", "W-41 S")]
    public void The_first_answer_of_a_single_exchange_ends_it_and_stops_the_peer()
    {
        using var wired = new Wired(SessionRole.Connector);
        var stream = wired.Open(Payload.Random(400_000), single: true);
        wired.Sent();
        wired.Feed(Frame.Data(1, [5], end: false), Frame.Data(1, [6], end: false), Frame.Data(1, [7]));

        Assert.Equal([5], Assert.Single(stream.Messages));
        Assert.Equal(StreamEndKind.Completed, stream.End.Kind);
        var reset = Assert.Single(wired.Sent());
        Assert.Equal((FrameKind.Reset, 1ul), (reset.Kind, reset.Id));
    }

    [Fact]
    [Trait("Wire", "W-35 S")]
    public void Numbers_rise_in_the_order_of_the_wire_whatever_the_class_and_credit()
    {
        using var wired = new Wired(SessionRole.Connector, peer: new SessionOptions { ConnectionWindowBytes = 65536 });
        wired.Open(Payload.Random(65_000));
        var bulk = wired.Open(Payload.Random(20_000), frameClass: FrameClass.Bulk);
        Assert.Equal(0ul, bulk.Id);
        Assert.True(wired.Reset(wired.Open(Payload.Random(10_000)), out var sent));
        Assert.False(sent);
        wired.Open([1]);
        var ids = wired.Sent().Where(frame => frame.Kind == FrameKind.Open).Select(frame => frame.Id);
        wired.Feed(Frame.Credit(0, 60_000));
        ids = [.. ids, .. wired.Sent().Where(frame => frame.Kind == FrameKind.Open).Select(frame => frame.Id)];

        Assert.Equal([1ul, 3, 5], ids);
        Assert.DoesNotContain(wired.Sent(), frame => frame.Kind == FrameKind.Reset);
    }

    [Fact]
    public void Calls_go_before_bulk()
    {
        using var wired = new Wired(SessionRole.Connector);
        wired.Connection.Block();
        var bulk = wired.Open([1], frameClass: FrameClass.Bulk);
        var call = wired.Open([2]);
        wired.Connection.Unblock();
        Assert.Equal([2, 1], wired.Sent().Select(frame => (int)frame.Payload[0]));
        Assert.True(call.Id < bulk.Id);
    }
}
