using NetCore.Framing;

namespace NetCore.Session.Tests;

public class ClosingTests
{
    [Fact]
    public void A_stream_that_waits_for_a_slot_ends_unsent_when_the_input_ends_while_this_side_drains()
    {
        using var wired = new Wired(SessionRole.Connector, peer: new SessionOptions { MaxStreams = 1 });
        var first = wired.Open([1]);
        var second = wired.Open([2]);
        var draining = wired.Session.DrainAsync(TimeSpan.FromSeconds(30)).AsTask();
        wired.World.Settle();
        wired.Connection.EndInput();
        wired.World.Settle();
        Assert.Equal((StreamEndKind.SessionClosed, true), (first.End.Kind, first.End.Sent));
        Assert.Equal((StreamEndKind.SessionClosed, false), (second.End.Kind, second.End.Sent));
        Finish.Of(draining);
    }

    [Fact]
    [Trait("Wire", "W-49 S"), Trait("Wire", "W-50 R")]
    public void A_drain_tells_the_last_accepted_number_and_refuses_what_comes_after()
    {
        using var wired = new Wired();
        wired.Feed(Frame.Open(1), Frame.Open(5));
        var draining = wired.Session.DrainAsync(TimeSpan.FromMinutes(1)).AsTask();
        var goAway = Assert.Single(wired.Sent());
        Assert.Equal((5ul, (uint)SessionError.Draining), (goAway.Value, goAway.Code));
        Assert.Equal(OpenResult.Draining, wired.TryOpen(new TestStream()));

        wired.Feed(Frame.Open(7, [1]));
        Assert.True(Assert.Single(wired.Sent()).IsReset(ResetCode.Refused));
        Assert.Equal(2, wired.Handler.Accepted.Count);
        Assert.False(wired.Connection.OutputEnded);

        foreach (var stream in wired.Handler.Accepted)
        {
            Assert.True(wired.Send(stream, [1]));
            Assert.False(wired.Connection.OutputEnded);
            wired.Session.Release(stream);
        }

        Assert.True(wired.Connection.OutputEnded);
        Assert.False(draining.IsCompleted);
        wired.Connection.EndInput();
        wired.World.Settle();
        Finish.Of(draining);
        Assert.Equal(SessionError.None, wired.Close.Error);
    }

    [Fact]
    [Trait("Wire", "W-51 R")]
    public void A_goaway_ends_what_the_peer_has_not_accepted_and_lets_the_rest_finish()
    {
        using var wired = new Wired(SessionRole.Connector, peer: new SessionOptions { MaxStreams = 3 });
        var streams = Enumerable.Range(0, 4).Select(i => wired.Open([(byte)i])).ToArray();
        wired.Feed(Frame.GoAway(3, SessionError.Draining));

        Assert.Empty(streams[0].Ends);
        Assert.Empty(streams[1].Ends);
        Assert.Equal((StreamEndKind.NotAccepted, true), (streams[2].End.Kind, streams[2].End.Sent));
        Assert.Equal((StreamEndKind.NotAccepted, false), (streams[3].End.Kind, streams[3].End.Sent));
        Assert.Equal(OpenResult.Draining, wired.TryOpen(new TestStream()));

        wired.Feed(Frame.Data(1, [9]), Frame.Data(3, [9]));
        Assert.Equal(StreamEndKind.Completed, streams[0].End.Kind);
        Assert.False(wired.Connection.OutputEnded);
        wired.Connection.EndInput();
        Assert.True(wired.Connection.OutputEnded);
        wired.World.Settle();
        Assert.Equal(new SessionClose(SessionError.None, true, null), wired.Close with { Detail = null });
    }

    [Fact]
    public void A_side_that_heard_of_draining_still_serves_what_was_opened_before()
    {
        using var wired = new Wired();
        wired.Feed(Frame.GoAway(0, SessionError.Draining));
        Assert.False(wired.Connection.OutputEnded);
        wired.Feed(Frame.Open(1, [1]));
        var stream = wired.Handler.Accepted.Single();
        Assert.True(wired.Send(stream, [2]));
        Assert.Equal([2], Assert.Single(wired.Sent()).Payload);
        wired.Session.Release(stream);
        wired.Connection.EndInput();
        wired.World.Settle();
        Assert.Equal(SessionError.None, wired.Close.Error);
    }

    [Fact]
    public void A_draining_side_sends_what_it_had_opened_before()
    {
        using var pair = new Pair(server: new SessionOptions { MaxStreams = 1 });
        pair.Answer(bytes => bytes);
        var streams = Enumerable.Range(0, 20).Select(i => Pair.Open(pair.Client, [(byte)i])).ToArray();
        pair.CloseInOrder();
        Assert.All(streams, stream => Assert.Equal(StreamEndKind.Completed, stream.End.Kind));
    }

    [Fact]
    public void A_goaway_with_an_error_of_this_side_ends_all_and_says_what_was_not_accepted()
    {
        using var wired = new Wired(SessionRole.Connector);
        var first = wired.Open([1]);
        var second = wired.Open([2]);
        wired.Feed(Frame.GoAway(1, SessionError.FlowControl, "why"));
        Assert.Equal(new SessionClose(SessionError.FlowControl, true, "why"), first.End.Close);
        Assert.Equal(StreamEndKind.SessionClosed, first.End.Kind);
        Assert.Equal(StreamEndKind.NotAccepted, second.End.Kind);
        Assert.True(wired.Connection.OutputEnded);
        wired.World.Advance(TimeSpan.FromSeconds(1.1));
        Assert.Equal(SessionError.FlowControl, wired.Close.Error);
    }

    [Fact]
    [Trait("Wire", "W-52 S")]
    public void Both_sides_may_drain_at_once()
    {
        using var pair = new Pair();
        pair.Answer(bytes => bytes);
        pair.ClientHandler.Opening = _ => new TestStream
        {
            OnWhole = (stream, bytes, last) => Pair.Send(pair.Client, stream, bytes, last),
            OnOver = stream => pair.Client.Release(stream),
        };
        var up = Pair.Open(pair.Client, Payload.Random(500_000));
        var down = Pair.Open(pair.Server, Payload.Random(500_000));
        var one = pair.Client.DrainAsync(TimeSpan.FromSeconds(1)).AsTask();
        var two = pair.Server.DrainAsync(TimeSpan.FromSeconds(1)).AsTask();
        pair.World.Settle();
        Finish.Of(Task.WhenAll(one, two));
        Assert.Equal(SessionError.None, Pair.CloseOf(pair.Client).Error);
        Assert.True(up.Ends.Count == 1 && down.Ends.Count == 1);
    }

    [Fact]
    public void A_drain_that_takes_too_long_is_aborted_at_its_time()
    {
        using var wired = new Wired(SessionRole.Connector);
        var stream = wired.Open([1]);
        var draining = wired.Session.DrainAsync(TimeSpan.FromSeconds(3)).AsTask();
        wired.World.Advance(TimeSpan.FromMilliseconds(2995));
        Assert.False(draining.IsCompleted);
        wired.World.Advance(TimeSpan.FromMilliseconds(10));
        Finish.Of(draining);
        Assert.Equal(SessionError.Aborted, wired.Close.Error);
        Assert.Equal(StreamEndKind.SessionClosed, stream.End.Kind);
    }

    [Fact]
    [Trait("Wire", "W-53 R")]
    public void A_peer_that_goes_away_without_a_word_is_a_lost_connection()
    {
        foreach (var reset in (bool[])[true, false])
        {
            using var wired = new Wired(SessionRole.Connector);
            var stream = wired.Open([1]);
            wired.Connection.Block();
            var unsent = wired.Open([1]);
            wired.Connection.Unblock();
            wired.Connection.Block();
            unsent = wired.Open([1]);
            if (reset)
            {
                wired.Connection.Lose();
            }
            else
            {
                wired.Connection.EndInput();
            }

            wired.World.Advance(TimeSpan.FromSeconds(11));
            Assert.Equal(SessionError.ConnectionLost, wired.Close.Error);
            Assert.True(stream.End.Sent);
            Assert.False(unsent.End.Sent);
        }
    }

    [Fact]
    public void A_peer_that_dies_while_draining_leaves_no_stream_waiting()
    {
        using var wired = new Wired(SessionRole.Connector);
        var stream = wired.Open([1]);
        wired.Feed(Frame.GoAway(1, SessionError.Draining));
        wired.Connection.EndInput();
        wired.World.Settle();
        Assert.Equal(StreamEndKind.SessionClosed, stream.End.Kind);
        Assert.Equal(SessionError.ConnectionLost, stream.End.Close.Error);
        Assert.True(wired.IsClosed);
    }

    [Theory]
    [InlineData("abort")]
    [InlineData("dispose")]
    [InlineData("drain")]
    public void Any_end_before_the_start_completes_everything(string how)
    {
        using var world = new Testing.Shared.TestWorld();
        var handler = new TestHandler();
        var session = new PeerSession(world.World, new FakeConnection(world.World), SessionRole.Connector, handler);
        var stream = new TestStream();
        Assert.Equal(OpenResult.Opened, session.Open(stream, session.RentMessage(), UpperProtocol.User, true));
        var task = End(session, how);
        world.Settle();
        Finish.Of(task);
        Assert.True(session.Closed.IsCompletedSuccessfully);
        Assert.True(session.Established.IsFaulted);
        Assert.Equal((StreamEndKind.SessionClosed, false), (stream.End.Kind, stream.End.Sent));
        Assert.Equal(SessionError.Aborted, handler.Closed!.Value.Error);
        session.Start();
        world.AssertBaseline();
    }

    [Theory]
    [InlineData("abort")]
    [InlineData("dispose")]
    [InlineData("drain")]
    public void Any_end_in_any_state_completes_in_time(string how)
    {
        Action<Wired>[] states =
        [
            _ => { },
            wired => wired.Feed(Frame.Hello()),
            wired => wired.Connection.Block(),
            wired => wired.Open([1]),
            wired => wired.Feed(Frame.Hello(), Frame.Open(2, [1], more: true)),
            wired => wired.Feed(Frame.Hello(), Frame.GoAway(0, SessionError.Draining)),
            wired => wired.Feed(Frame.Hello(), Frame.Hello()),
            wired => wired.Connection.Feed(new byte[3]),
            wired => wired.Connection.EndInput(),
            wired => wired.Connection.Lose(),
            wired => wired.Session.DrainAsync(TimeSpan.FromSeconds(2)).AsTask(),
            wired => wired.Session.Abort(),
        ];
        for (var i = 0; i < states.Length; i++)
        {
            using var wired = new Wired(SessionRole.Connector, hello: false);
            states[i](wired);
            var task = End(wired.Session, how);
            var again = End(wired.Session, how);
            wired.World.Advance(TimeSpan.FromSeconds(2.1));
            Assert.True(wired.IsClosed, $"In state {i}.");
            Finish.Of(task);
            Finish.Of(again);
            wired.World.Settle();
            wired.AssertClean();
        }
    }

    [Fact]
    public void A_callback_that_throws_ends_its_session_and_every_stream_is_told()
    {
        foreach (var where in (string[])["opening", "message", "ended", "closed"])
        {
            using var wired = new Wired();
            wired.Handler.OnClosing = () => Throw(where == "closed");
            wired.Handler.Opening = _ =>
            {
                Throw(where == "opening" && wired.Handler.Accepted.Count == 1);
                return new TestStream
                {
                    OnWhole = (stream, _, _) => Throw(where == "message" && stream.Id == 1),
                    OnOver = stream => Throw(where == "ended" && stream.Id == 1),
                };
            };
            wired.Feed(
                Frame.Open(1, [1], end: false), Frame.Data(1, [2], more: true), Frame.Open(3, [1], end: false),
                Frame.Data(1, [3]), Frame.Reset(1), Frame.Open(5), Frame.Reset(3));
            wired.Session.Abort();
            wired.World.Settle();
            Assert.Equal(where == "closed" ? SessionError.Aborted : SessionError.HandlerFailed, wired.Close.Error);
            Assert.Contains(wired.Log.Lines, line => line.Id == 203);
            wired.AssertClean();
        }
    }

    private static void Throw(bool really)
    {
        if (really)
        {
            throw new InvalidOperationException("A test's own.");
        }
    }

    private static Task End(PeerSession session, string how)
    {
        switch (how)
        {
            case "dispose":
                return session.DisposeAsync().AsTask();
            case "drain":
                return session.DrainAsync(TimeSpan.FromSeconds(2)).AsTask();
            default:
                session.Abort();
                return session.Closed;
        }
    }
}
