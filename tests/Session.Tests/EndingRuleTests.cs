using NetCore.Framing;

namespace NetCore.Session.Tests;

/// <summary>The rules of an end, in order or not, step by step.</summary>
public class EndingRuleTests
{
    [Fact]
    [Trait("Wire", "W-52 S")]
    public void A_side_that_drains_ends_its_output_when_no_stream_is_open_and_no_handler_runs()
    {
        using var wired = new Wired();
        wired.Feed(Frame.Open(1, [1]), Frame.Open(3, [1]));
        var draining = wired.Session.DrainAsync(TimeSpan.FromMinutes(1)).AsTask();
        var (first, second) = (wired.Handler.Accepted.First(), wired.Handler.Accepted.Last());
        Assert.True(wired.Send(first) && wired.Send(second));
        wired.Session.Release(first);
        Assert.False(wired.Connection.OutputEnded);
        wired.Session.Release(second);
        Assert.True(wired.Connection.OutputEnded);

        Assert.False(wired.IsClosed);
        wired.Connection.EndInput();
        wired.World.Settle();
        Finish.Of(draining);
        Assert.Equal(SessionError.None, wired.Close.Error);
    }

    [Fact]
    [Trait("Wire", "W-52 S")]
    public void The_other_side_ends_its_output_once_it_has_read_that_end_and_has_no_stream_open()
    {
        using var wired = new Wired();
        wired.Feed(Frame.Open(1, [1]), Frame.GoAway(0, SessionError.Draining));
        var stream = wired.Handler.Accepted.Single();
        wired.Feed(Frame.Open(3, [1]));
        var other = wired.Handler.Accepted.Last();
        Assert.True(wired.Send(other));
        wired.Session.Release(other);
        wired.Connection.EndInput();
        Assert.False(wired.Connection.OutputEnded);

        Assert.True(wired.Send(stream, [2]));
        Assert.Equal([2], wired.Sent()[^1].Payload);
        wired.Session.Release(stream);
        Assert.True(wired.Connection.OutputEnded);
        wired.World.Settle();
        Assert.Equal((SessionError.None, true), (wired.Close.Error, wired.Close.ByPeer));
    }

    [Fact]
    [Trait("Wire", "W-52 S")]
    public void The_other_side_does_not_end_its_output_before_it_has_read_that_end()
    {
        using var wired = new Wired(SessionRole.Connector);
        wired.Open([1]);
        wired.Feed(Frame.GoAway(1, SessionError.Draining), Frame.Data(1, [2]));
        Assert.Equal(0, wired.Session.OpenStreams);
        Assert.False(wired.Connection.OutputEnded);
        wired.Connection.EndInput();
        Assert.True(wired.Connection.OutputEnded);
    }

    [Fact]
    [Trait("Wire", "W-54 S")]
    public void A_side_that_fails_sends_its_goaway_and_nothing_that_waited_and_closes_a_second_later()
    {
        using var wired = new Wired();
        wired.Connection.Block();
        wired.Feed(Frame.Open(1, [1], end: false), Frame.Ping(7));
        Assert.True(wired.Send(wired.Handler.Accepted.Single(), new byte[20_000]));
        wired.Feed(Frame.Hello());
        wired.Connection.Unblock();
        var goAway = Assert.Single(wired.Sent());
        Assert.Equal((FrameKind.GoAway, (uint)SessionError.IllegalTransition), (goAway.Kind, goAway.Code));
        Assert.True(wired.Connection.OutputEnded);

        wired.World.Advance(TimeSpan.FromSeconds(0.99));
        Assert.False(wired.IsClosed);
        wired.World.Advance(TimeSpan.FromSeconds(0.02));
        Assert.Equal(SessionError.IllegalTransition, wired.Close.Error);
        Assert.Empty(wired.Sent());
    }

    [Fact]
    [Trait("Wire", "W-54 S")]
    public void A_side_that_has_failed_closes_at_once_when_its_peer_ends_too()
    {
        using var wired = new Wired();
        wired.Feed(Frame.Hello());
        wired.Connection.EndInput();
        wired.World.Settle();
        Assert.Equal(SessionError.IllegalTransition, wired.Close.Error);
        Assert.False(wired.Connection.Aborted);
    }

    [Theory]
    [Trait("Wire", "W-54 S")]
    [InlineData(SessionError.PeerDead)]
    [InlineData(SessionError.SlowConsumer)]
    public void A_peer_that_does_not_read_is_not_waited_for(SessionError error)
    {
        using var wired = new Wired(SessionRole.Connector);
        if (error == SessionError.SlowConsumer)
        {
            wired.Connection.Block();
            wired.Open([1]);
        }

        for (var passed = 0; !wired.Connection.Aborted && passed < 20_000; passed += 5)
        {
            wired.World.Advance(TimeSpan.FromMilliseconds(5));
            if (error == SessionError.SlowConsumer && passed % 1000 == 0)
            {
                wired.Feed(Frame.Credit(0, 1));
            }
        }

        wired.World.Settle();
        Assert.Equal(error, wired.Close.Error);
    }

    [Fact]
    [Trait("Wire", "W-72 R")]
    public void The_time_of_waiting_output_begins_again_with_each_progress()
    {
        using var wired = new Wired(SessionRole.Connector);
        for (var i = 0; i < 3; i++)
        {
            wired.Connection.Block();
            wired.Open([1]);
            PassSeconds(wired, 9);
            Assert.False(wired.IsClosed);
            wired.Connection.Unblock();
            Assert.Single(wired.Sent(), frame => frame.Kind == FrameKind.Open);
        }

        wired.Connection.Block();
        wired.Open([1]);
        PassSeconds(wired, 11);
        Assert.Equal(SessionError.SlowConsumer, wired.Close.Error);
    }

    // The peer is alive and says so, but does not read.
    private static void PassSeconds(Wired wired, int seconds)
    {
        for (var i = 0; i < seconds; i++)
        {
            wired.World.Advance(TimeSpan.FromSeconds(1));
            wired.Feed(Frame.Credit(0, 1));
        }
    }
}
