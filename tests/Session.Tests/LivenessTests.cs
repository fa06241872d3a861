using NetCore.Framing;

namespace NetCore.Session.Tests;

public class LivenessTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(5);

    [Fact]
    [Trait("Wire", "W-56 S")]
    public void Silence_is_asked_about_and_an_answer_keeps_the_session()
    {
        using var wired = new Wired(SessionRole.Connector);
        for (var i = 0; i < 100; i++)
        {
            wired.World.Advance(TimeSpan.FromSeconds(5) - Tick);
            Assert.Empty(wired.Sent());
            wired.World.Advance(2 * Tick);
            var ping = Assert.Single(wired.Sent());
            Assert.Equal(FrameKind.Ping, ping.Kind);
            wired.Feed(Frame.Pong(ping.Value));
        }
    }

    [Fact]
    [Trait("Wire", "W-58 R")]
    public void A_peer_that_does_not_answer_is_dead_in_time()
    {
        using var wired = new Wired(SessionRole.Connector);
        var stream = wired.Open([1]);
        wired.World.Advance(TimeSpan.FromSeconds(10) - Tick);
        Assert.False(wired.IsClosed);
        wired.World.Advance(3 * Tick);
        Assert.Equal(SessionError.PeerDead, wired.Close.Error);
        Assert.Equal(StreamEndKind.SessionClosed, stream.End.Kind);
        Assert.True(stream.End.Sent);
    }

    [Theory]
    [InlineData(100, 100)]
    [InlineData(600_000, 5_000)]
    [InlineData(5_000, 600_000)]
    public void The_times_of_pings_are_the_options(int after, int timeout)
    {
        using var wired = new Wired(SessionRole.Connector, new SessionOptions
        {
            PingAfter = TimeSpan.FromMilliseconds(after), PingTimeout = TimeSpan.FromMilliseconds(timeout),
        });
        wired.World.Advance(TimeSpan.FromMilliseconds(after + timeout) - Tick);
        Assert.False(wired.IsClosed);
        wired.World.Advance(3 * Tick);
        Assert.Equal(SessionError.PeerDead, wired.Close.Error);
    }

    [Fact]
    [Trait("Wire", "W-74 R")]
    public void The_acceptor_closes_an_idle_session_and_says_why()
    {
        using var wired = new Wired(options: new SessionOptions { IdleTimeout = TimeSpan.FromSeconds(60) });
        for (var i = 0; i < 59; i++)
        {
            wired.World.Advance(TimeSpan.FromSeconds(1));
            wired.Feed(Frame.Ping(1));
        }

        Assert.DoesNotContain(wired.Sent(), frame => frame.Kind == FrameKind.GoAway);
        wired.World.Advance(TimeSpan.FromSeconds(1) + Tick);
        var goAway = Assert.Single(wired.Sent());
        Assert.Equal((FrameKind.GoAway, (uint)SessionError.Idle), (goAway.Kind, goAway.Code));
        Assert.True(wired.Connection.OutputEnded);
        wired.Connection.EndInput();
        wired.World.Settle();
        Assert.Equal(SessionError.Idle, wired.Close.Error);
        wired.AssertClean();
    }

    [Fact]
    public void An_idle_session_whose_peer_does_not_react_is_gone_after_the_linger()
    {
        using var wired = new Wired(options: new SessionOptions { IdleTimeout = TimeSpan.FromSeconds(2) });
        wired.World.Advance(TimeSpan.FromSeconds(2) + Tick);
        Assert.False(wired.IsClosed);
        Assert.True(wired.World.World.Timers.Count == 1);
        wired.World.Advance(TimeSpan.FromSeconds(1) + Tick);
        Assert.Equal(SessionError.Idle, wired.Close.Error);
        wired.AssertClean();
    }

    [Fact]
    public void A_session_with_a_stream_or_a_running_handler_is_not_idle()
    {
        using var wired = new Wired(options: new SessionOptions { IdleTimeout = TimeSpan.FromSeconds(2) });
        wired.Feed(Frame.Open(1));
        for (var i = 0; i < 20; i++)
        {
            wired.World.Advance(TimeSpan.FromSeconds(1));
            wired.Feed(Frame.Ping(1));
        }

        wired.Feed(Frame.Reset(1));
        for (var i = 0; i < 20; i++)
        {
            wired.World.Advance(TimeSpan.FromSeconds(1));
            wired.Feed(Frame.Ping(1));
        }

        Assert.False(wired.Connection.OutputEnded);
        wired.Session.Release(wired.Handler.Accepted.Single());
        wired.World.Advance(TimeSpan.FromSeconds(1.9));
        Assert.False(wired.Connection.OutputEnded);
        wired.World.Advance(TimeSpan.FromSeconds(3));
        Assert.True(wired.Connection.OutputEnded);
    }

    [Fact]
    public void The_connector_does_not_close_for_idleness()
    {
        var options = new SessionOptions { IdleTimeout = TimeSpan.FromSeconds(1) };
        using var wired = new Wired(SessionRole.Connector, options);
        for (var i = 0; i < 20; i++)
        {
            wired.World.Advance(TimeSpan.FromSeconds(1));
            wired.Feed(Frame.Ping(1));
        }

        Assert.False(wired.Connection.OutputEnded);
    }

    [Theory]
    [Trait("Wire", "W-71 R")]
    [InlineData(5_000)]
    [InlineData(600_000)]
    public void A_frame_that_is_begun_and_not_finished_ends_the_session(int pingAfter)
    {
        var options = new SessionOptions { PingAfter = TimeSpan.FromMilliseconds(pingAfter) };
        using var wired = new Wired(options: options);
        wired.World.Advance(TimeSpan.FromSeconds(3.3));
        var bytes = Frame.Open(1, new byte[100]).Bytes;
        for (var i = 0; i < 11 && !wired.Connection.OutputEnded; i++)
        {
            Assert.True(i < 11);
            wired.Connection.Feed(bytes.AsSpan(i, 1));
            wired.World.Advance(TimeSpan.FromSeconds(1));
        }

        wired.AssertFailed(SessionError.FrameTimeout);
    }

    [Theory]
    [Trait("Wire", "W-72 R")]
    [InlineData(5_000)]
    [InlineData(600_000)]
    public void A_peer_that_sends_but_does_not_read_is_a_slow_consumer_in_time(int pingAfter)
    {
        var options = new SessionOptions { PingAfter = TimeSpan.FromMilliseconds(pingAfter) };
        using var wired = new Wired(SessionRole.Connector, options);
        wired.World.Advance(TimeSpan.FromSeconds(4.2));
        wired.Connection.Block();
        var stream = wired.Open([1]);
        for (var i = 0; i < 99; i++)
        {
            wired.World.Advance(TimeSpan.FromMilliseconds(100));
            wired.Feed(Frame.Credit(0, 1));
        }

        Assert.False(wired.IsClosed);
        wired.World.Advance(TimeSpan.FromMilliseconds(150));
        Assert.Equal(SessionError.SlowConsumer, wired.Close.Error);
        Assert.False(stream.End.Sent);
    }

    [Fact]
    [Trait("Wire", "W-72 R")]
    public void Output_that_goes_on_now_and_then_is_not_without_progress()
    {
        var options = new SessionOptions { PingAfter = TimeSpan.FromMinutes(10) };
        var peer = new SessionOptions { ConnectionWindowBytes = SessionLimits.MinWindowBytes };
        using var wired = new Wired(SessionRole.Connector, options, peer);
        wired.Open(new byte[200_000]);
        wired.Sent();
        for (var i = 0; i < 5; i++)
        {
            wired.World.Advance(TimeSpan.FromSeconds(8));
            wired.Feed(Frame.Credit(0, FramingLimits.MaxPayloadBytes));
            Assert.NotEmpty(wired.Sent());
        }

        Assert.False(wired.IsClosed);
        wired.World.Advance(TimeSpan.FromSeconds(10) + Tick);
        Assert.Equal(SessionError.SlowConsumer, wired.Close.Error);
    }

    [Fact]
    [Trait("Wire", "W-72 R")]
    public void A_peer_that_grants_a_stream_no_credit_for_long_is_a_slow_consumer()
    {
        using var wired = new Wired(peer: new SessionOptions { StreamWindowBytes = 64 * 1024 });
        wired.Feed(Frame.Open(1));
        Assert.True(wired.Send(wired.Handler.Accepted.Single(), new byte[100_000]));
        for (var i = 0; i < 59; i++)
        {
            wired.World.Advance(TimeSpan.FromSeconds(1));
            wired.Feed(Frame.Credit(0, 1), Frame.Credit(1, 1));
        }

        Assert.False(wired.IsClosed);
        wired.World.Advance(TimeSpan.FromSeconds(4));
        wired.Feed(Frame.Credit(0, 1), Frame.Credit(1, 1));
        wired.World.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(SessionError.SlowConsumer, wired.Close.Error);
        wired.Session.Release(wired.Handler.Accepted.Single());
    }

    [Fact]
    [Trait("Wire", "W-72 R")]
    public void A_peer_that_grants_a_stream_little_but_enough_is_none()
    {
        using var wired = new Wired(peer: new SessionOptions { StreamWindowBytes = 64 * 1024 });
        wired.Feed(Frame.Open(1));
        Assert.True(wired.Send(wired.Handler.Accepted.Single(), new byte[200_000]));
        for (var i = 0; i < 160; i++)
        {
            wired.World.Advance(TimeSpan.FromSeconds(1));
            wired.Feed(i % 40 == 39 ? Frame.Credit(1, 16 * 1024) : Frame.Credit(0, 1));
        }

        Assert.False(wired.IsClosed);
    }

    [Fact]
    public void A_refused_open_does_not_make_a_quiet_peer_slow()
    {
        using var wired = new Wired(SessionRole.Connector, peer: new SessionOptions { MaxMessageBytes = 16384 });
        wired.Connection.Block();
        Assert.Equal(OpenResult.MessageTooLarge, wired.TryOpen(new TestStream(), new byte[20000]));
        for (var i = 0; i < 30; i++)
        {
            wired.World.Advance(TimeSpan.FromSeconds(0.5));
            wired.Feed(Frame.Credit(0, 1));
        }

        Assert.False(wired.IsClosed);
    }

    [Fact]
    public void A_long_drain_does_not_switch_off_the_other_limits()
    {
        using var wired = new Wired(SessionRole.Connector);
        wired.Open([1]);
        var draining = wired.Session.DrainAsync(TimeSpan.FromHours(5)).AsTask();
        wired.World.Advance(TimeSpan.FromSeconds(10) + Tick);
        Assert.Equal(SessionError.PeerDead, wired.Close.Error);
        wired.World.Settle();
        Finish.Of(draining);
    }

    [Fact]
    public void Two_sessions_that_do_nothing_live_by_pings_alone_until_the_idle_time()
    {
        var options = new SessionOptions { IdleTimeout = TimeSpan.FromMinutes(10) };
        using var pair = new Pair(options, options);
        pair.World.Advance(TimeSpan.FromMinutes(1));
        Assert.False(pair.Client.Closed.IsCompleted);
        pair.World.Advance(TimeSpan.FromMinutes(9) + TimeSpan.FromSeconds(1));
        Assert.Equal(SessionError.Idle, Pair.CloseOf(pair.Server).Error);
        Assert.Equal((SessionError.Idle, true), (Pair.CloseOf(pair.Client).Error, Pair.CloseOf(pair.Client).ByPeer));
    }
}
