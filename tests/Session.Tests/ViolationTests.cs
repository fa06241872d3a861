using NetCore.Framing;

namespace NetCore.Session.Tests;

public class ViolationTests
{
    private static readonly SessionOptions Small = new()
    {
        StreamWindowBytes = SessionLimits.MinWindowBytes, ConnectionWindowBytes = 2 * SessionLimits.MinWindowBytes,
    };

    [Theory]
    [Trait("Wire", "W-59 R")]
    [InlineData(SessionRole.Acceptor, 2ul)]
    [InlineData(SessionRole.Connector, 1ul)]
    public void A_peer_that_opens_a_number_of_this_side_is_cut_off(SessionRole role, ulong id)
    {
        using var wired = new Wired(role);
        wired.Feed(Frame.Open(id));
        wired.AssertFailed(SessionError.IllegalTransition);
    }

    [Theory]
    [Trait("Wire", "W-59 R")]
    [InlineData(5ul)]
    [InlineData(3ul)]
    [InlineData(1ul)]
    public void A_number_is_never_used_twice_and_never_falls(ulong second)
    {
        using var wired = new Wired();
        wired.Feed(Frame.Open(5), Frame.Reset(5), Frame.Open(second));
        wired.AssertFailed(SessionError.IllegalTransition);
    }

    [Fact]
    public void Numbers_reach_to_the_end_of_64_bits()
    {
        using var wired = new Wired();
        wired.Feed(Frame.Open(0x80000001), Frame.Open(ulong.MaxValue));
        Assert.Equal([0x80000001ul, ulong.MaxValue], wired.Handler.Accepted.Select(stream => stream.Id));
    }

    [Fact]
    [Trait("Wire", "W-60 R")]
    public void A_frame_for_a_stream_that_never_was_ends_the_session()
    {
        foreach (var frame in (Frame[])[
            Frame.Data(7), Frame.Reset(7), Frame.Credit(7, 1), Frame.Data(2), Frame.Reset(2), Frame.Credit(2, 1)])
        {
            using var wired = new Wired();
            wired.Feed(Frame.Open(1), Frame.Data(1), frame);
            wired.AssertFailed(SessionError.IllegalTransition);
        }
    }

    [Fact]
    [Trait("Wire", "W-61 R")]
    public void Data_after_the_end_of_a_half_ends_the_session()
    {
        using var wired = new Wired();
        wired.Feed(Frame.Open(1, [1]), Frame.Data(1, [2]));
        wired.AssertFailed(SessionError.IllegalTransition);
        Assert.True(wired.Handler.Accepted.TryPeek(out var stream));
        Assert.Equal([1], Assert.Single(stream.Messages));
        Assert.Equal(StreamEndKind.SessionClosed, stream.End.Kind);
    }

    [Fact]
    [Trait("Wire", "W-62 R")]
    public void A_frame_of_another_protocol_than_its_stream_ends_the_session()
    {
        using var wired = new Wired();
        wired.Feed(Frame.Open(1, [1], end: false), Frame.Data(1, [2], protocol: UpperProtocol.Rpc));
        wired.AssertFailed(SessionError.IllegalTransition);
    }

    [Fact]
    [Trait("Wire", "W-76 R")]
    public void A_malformed_frame_ends_the_session_after_those_before_it()
    {
        using var wired = new Wired();
        byte[] bytes = [.. Frame.Open(1, [1]).Bytes, .. new byte[16]];
        wired.Connection.Feed(bytes);
        wired.AssertFailed(SessionError.BadFrame);
        Assert.Single(wired.Handler.Accepted.Single().Messages);
    }

    [Fact]
    [Trait("Wire", "W-15 R")]
    public void A_frame_that_is_too_long_ends_the_session()
    {
        using var wired = new Wired();
        var bytes = Frame.Open(1, [1]).Bytes;
        bytes[2] = 1;
        wired.Connection.Feed(bytes);
        wired.AssertFailed(SessionError.FrameTooLarge);
    }

    [Fact]
    [Trait("Wire", "W-23 R")]
    public void A_payload_that_does_not_expand_ends_its_stream_once_and_the_session()
    {
        foreach (var end in (bool[])[true, false])
        {
            foreach (var before in (Frame[])[Frame.Open(1, [1], end: false), Frame.Open(1, new byte[9000], more: true)])
            {
                using var wired = new Wired();
                wired.Feed(before);
                var stream = wired.Handler.Accepted.Single();
                Assert.True(wired.Send(stream, [1]));
                wired.Sent();
                var data = Frame.Data(1, [10, 0, 0, 0, 0xFF, 0xFF, 0xFF], end: end);
                data = data with { Header = data.Header with { Flags = data.Header.Flags | FrameFlags.Compressed } };
                wired.Feed(data, Frame.Open(3));

                wired.AssertFailed(SessionError.BadCompression);
                Assert.Equal(StreamEndKind.SessionClosed, stream.End.Kind);
            }
        }
    }

    [Fact]
    public void A_declared_size_out_of_range_ends_the_session()
    {
        using var wired = new Wired();
        var data = Frame.Open(1, [1, 64, 0, 0, 0]);
        wired.Feed(data with { Header = data.Header with { Flags = FrameFlags.Compressed } });
        wired.AssertFailed(SessionError.BadCompression);
    }

    [Fact]
    public void A_stream_is_granted_at_a_quarter_of_its_window_and_not_before()
    {
        using var wired = new Wired(options: Small);
        var full = new byte[16384];
        wired.Feed(Frame.Open(1, full, end: false));
        Assert.Equal((FrameKind.Credit, 1ul, 16384u), Summary(Assert.Single(wired.Sent())));
        using var still = new Wired(options: Small);
        still.Feed(Frame.Open(1, new byte[16383], end: false));
        Assert.Empty(still.Sent());
    }

    [Fact]
    [Trait("Wire", "W-46 R")]
    public void Credit_is_granted_once_per_quarter_window_and_adds_up()
    {
        using var wired = new Wired(options: Small);
        var random = new Random(5);
        wired.Feed(Frame.Open(1, [], end: false));
        long sent = 0;
        long forStream = 0;
        long forConnection = 0;
        for (var i = 0; i < 2000; i++)
        {
            var length = random.Next(1, 16385);
            sent += length;
            Assert.True(sent - forStream <= Small.StreamWindowBytes);
            Assert.True(sent - forConnection <= Small.ConnectionWindowBytes);
            wired.Feed(Frame.Data(1, new byte[length], end: false));
            foreach (var frame in wired.Sent())
            {
                Assert.Equal(FrameKind.Credit, frame.Kind);
                Assert.True(frame.Code >= (frame.Id == 0 ? 32768u : 16384u));
                forStream += frame.Id == 1 ? frame.Code : 0;
                forConnection += frame.Id == 0 ? frame.Code : 0;
            }

            Assert.InRange(sent - forStream, 0, 16383);
            Assert.InRange(sent - forConnection, 0, 32767);
        }
    }

    [Fact]
    [Trait("Wire", "W-40 R")]
    public void The_connections_credit_comes_back_for_streams_that_ended_or_were_refused()
    {
        using var wired = new Wired(options: Small);
        wired.Feed(Frame.Open(1, [1], end: false));
        Assert.True(wired.Reset(wired.Handler.Accepted.Single(), out _));
        wired.Session.Release(wired.Handler.Accepted.Single());
        wired.Handler.Opening = _ => null;
        long granted = 0;
        long sent = 1;
        for (ulong i = 1; i < 500; i++)
        {
            var open = Frame.Open((2 * i) + 1, new byte[10000], more: true);
            wired.Feed(Frame.Data(1, new byte[10000], end: false), open);
            sent += 20000;
            granted += wired.Sent().Where(frame => frame is { Kind: FrameKind.Credit, Id: 0 }).Sum(frame => frame.Code);
            Assert.InRange(sent - granted, 0, (Small.ConnectionWindowBytes / 4) - 1);
        }
    }

    [Theory]
    [Trait("Wire", "W-64 R")]
    [InlineData(0ul, 0u)]
    [InlineData(1ul, 0u)]
    [InlineData(0ul, 0x80000000u)]
    [InlineData(1ul, 0xFFFFFFFFu)]
    [InlineData(0ul, 0x7FFFFFFFu)]
    [InlineData(1ul, 0x7FFFFFFFu)]
    public void A_grant_of_nothing_or_too_much_ends_the_session(ulong id, uint bytes)
    {
        using var wired = new Wired(SessionRole.Connector);
        wired.Open([1]);
        wired.Sent();
        wired.Feed(Frame.Credit(id, bytes), Frame.Ping(1));
        wired.AssertFailed(SessionError.FlowControl);
    }

    [Fact]
    [Trait("Wire", "W-63 R")]
    public void A_grant_for_a_stream_that_has_ended_is_dropped()
    {
        using var wired = new Wired(SessionRole.Connector);
        wired.Open([1]);
        wired.Feed(Frame.Data(1), Frame.Credit(1, 5000), Frame.Data(1, [1]), Frame.Reset(1), Frame.Ping(3));
        Assert.Equal(FrameKind.Pong, wired.Sent()[^1].Kind);
    }

    [Fact]
    [Trait("Wire", "W-45 S")]
    public void A_sender_stays_within_the_credit_of_stream_and_connection()
    {
        using var wired = new Wired(SessionRole.Connector, peer: Small);
        wired.Open(new byte[500_000]);
        var second = wired.Open(new byte[500_000]);
        Assert.InRange(wired.Sent().Where(frame => frame.Id == 1).Sum(frame => frame.Payload.Length), 49153, 65536);
        var sent = 0L;
        long granted = 131072;
        for (var i = 0; i < 100; i++)
        {
            wired.Feed(Frame.Credit(0, 20_000), Frame.Credit(1, 10_000), Frame.Credit(second.Id, 10_000));
            granted += 20_000;
            sent = Frame.ReadAll(wired.Connection.Output).Where(IsOfStream).Sum(frame => frame.Payload.Length);
            Assert.True(sent <= granted);
        }

        Assert.True(sent > 500_000);
    }

    [Fact]
    public void A_peer_that_grants_nothing_for_the_connection_is_a_slow_consumer_however_much_is_opened()
    {
        using var wired = new Wired(SessionRole.Connector, peer: Small);
        for (var i = 0; i < 3; i++)
        {
            wired.Open(new byte[60_000]);
        }

        for (var i = 0; i < 10 && !wired.IsClosed; i++)
        {
            wired.TryOpen(new TestStream(), new byte[20_000]);
            wired.Feed(Frame.Ping(1));
            wired.World.Advance(TimeSpan.FromSeconds(1.1));
        }

        Assert.Equal(SessionError.SlowConsumer, wired.Close.Error);
    }

    private static bool IsOfStream(Frame frame) => frame.Kind is FrameKind.Open or FrameKind.Data;

    private static (FrameKind, ulong, uint) Summary(Frame frame) => (frame.Kind, frame.Id, frame.Code);
}
