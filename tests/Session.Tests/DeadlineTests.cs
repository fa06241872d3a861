using NetCore.Framing;
using NetCore.Testing.Shared;

namespace NetCore.Session.Tests;

/// <summary>Streams that are still open at their deadlines.</summary>
public sealed class DeadlineTests : IDisposable
{
    private readonly Wired _wired = new(SessionRole.Connector);

    private long Now => _wired.World.World.Timers.Now;

    [Fact]
    public void At_its_deadline_an_open_stream_ends_and_the_peer_is_told_once()
    {
        var stream = Open(100);
        _wired.Sent();
        Advance(100);
        Assert.Empty(stream.Ends);
        Advance(1);
        Assert.Equal((StreamEndKind.DeadlineExceeded, true), (stream.End.Kind, stream.End.Sent));
        Assert.True(Assert.Single(_wired.Sent()).IsReset(ResetCode.DeadlineExceeded));
        Advance(200);
        Assert.Single(stream.Ends);
    }

    [Fact]
    public void What_was_not_sent_yet_vanishes_without_a_trace()
    {
        _wired.Connection.Block();
        var stream = Open(100);
        Advance(101);
        Assert.Equal((StreamEndKind.DeadlineExceeded, false), (stream.End.Kind, stream.End.Sent));
        _wired.Connection.Unblock();
        Assert.Empty(_wired.Sent());
        Assert.Equal(0, _wired.World.World.Blocks.Outstanding);
    }

    [Fact]
    public void Deadlines_in_any_order_are_kept()
    {
        long[] delays = [300, 102, 500, 100, 101, 100, 400];
        var streams = delays.Select(Open).ToArray();
        for (var passed = 1; passed <= 502; passed++)
        {
            Advance(1);
            Assert.All(delays.Zip(streams), one => Assert.False(one.Second.IsOver && passed <= one.First));

            // The wheel takes a tick more after a look that came in the tick before.
            Assert.All(delays.Zip(streams), one => Assert.True(one.Second.IsOver || passed <= one.First + 1));
        }
    }

    [Fact]
    public void An_answer_in_time_leaves_nothing_to_the_deadline()
    {
        var stream = Open(100);
        _wired.Sent();
        _wired.Feed(Frame.Data(1, [1], end: true));
        Assert.Equal(StreamEndKind.Completed, stream.End.Kind);
        Advance(1000);
        Assert.Single(stream.Ends);
        Assert.Empty(_wired.Sent());
    }

    [Fact]
    public void The_next_use_of_a_stream_has_its_own_deadline()
    {
        var stream = Open(100);
        _wired.Sent();
        _wired.Feed(Frame.Data(1, [1], end: true));
        Advance(50);
        stream.Ends.Clear();
        stream.NextLife();
        stream.Deadline = Now + 100;
        Assert.Equal(OpenResult.Opened, _wired.TryOpen(stream, [1]));
        Advance(100);
        Assert.Empty(stream.Ends);
        Advance(1);
        Assert.Equal(StreamEndKind.DeadlineExceeded, stream.End.Kind);
    }

    [Fact]
    public void Streams_share_one_timer_which_an_earlier_deadline_moves_and_the_end_of_the_session_takes_away()
    {
        var before = _wired.World.World.Timers.Count;
        for (var i = 0; i < 100; i++)
        {
            Open(1000 - i);
        }

        Assert.Equal(before + 1, _wired.World.World.Timers.Count);
        _wired.Session.Abort();
        _wired.World.Settle();
        Assert.Equal(0, _wired.World.World.Timers.Count);
    }

    [Fact]
    public void A_timer_that_finds_nothing_due_looks_again_at_the_next_deadline_only()
    {
        Open(100);
        _wired.Sent();
        _wired.Feed(Frame.Data(1, [1], end: true));
        var later = Open(5000);
        Advance(101);
        var fired = _wired.World.World.Timers.Fired;
        Advance(900);
        Assert.Equal(fired, _wired.World.World.Timers.Fired);
        Advance(4000);
        Assert.Equal(StreamEndKind.DeadlineExceeded, later.End.Kind);
    }

    [Fact]
    public void A_message_that_is_being_handed_out_comes_before_the_end()
    {
        var stream = Open(100, end: false);
        _wired.Sent();
        var endsBefore = -1;
        stream.OnWhole = (_, _, _) =>
        {
            Advance(101);
            endsBefore = stream.Ends.Count;
        };
        _wired.Feed(Frame.Data(1, [1], end: false));
        Assert.Equal(0, endsBefore);
        Assert.Single(stream.Messages);
        Assert.Empty(stream.Breaches);
        Assert.Equal(StreamEndKind.DeadlineExceeded, stream.End.Kind);
    }

    [Fact]
    public void A_stream_of_the_peer_has_no_deadline_here()
    {
        using var wired = new Wired();
        wired.Handler.Opening = protocol => new TestStream { Protocol = protocol, Deadline = 1 };
        wired.Feed(Frame.Open(1, [1], end: false));
        var own = new TestStream { Deadline = wired.World.World.Timers.Now + 100 };
        Assert.Equal(OpenResult.Opened, wired.TryOpen(own, [1]));
        wired.World.Advance(TimeSpan.FromMilliseconds(200));
        Assert.Equal(StreamEndKind.DeadlineExceeded, own.End.Kind);
        Assert.Empty(wired.Handler.Accepted.Single().Ends);
    }

    [Fact]
    public void The_more_streams_there_are_to_look_at_the_longer_the_pause_before_the_next_look()
    {
        const int Many = 5000;
        _wired.Connection.Block();
        for (var i = 0; i < Many; i++)
        {
            Open(60_000);
        }

        var late = Enumerable.Range(1, 100).Select(delay => Open(delay)).ToArray();
        var fired = _wired.World.World.Timers.Fired;
        for (var i = 0; i < 120; i++)
        {
            Advance(1);
        }

        Assert.InRange(_wired.World.World.Timers.Fired - fired, 10, 13);
        Assert.All(late, static stream => Assert.Equal(StreamEndKind.DeadlineExceeded, stream.End.Kind));
    }

    public void Dispose() => _wired.Dispose();

    private TestStream Open(long delay) => Open(delay, end: true);

    private TestStream Open(long delay, bool end)
    {
        var stream = new TestStream { Deadline = Now + delay };
        Assert.Equal(OpenResult.Opened, _wired.TryOpen(stream, [1], end));
        return stream;
    }

    private void Advance(long milliseconds) => _wired.World.Advance(TimeSpan.FromMilliseconds(milliseconds));
}
