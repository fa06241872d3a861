using NetCore.Transport;

namespace NetCore.Session.Tests;

public class RaceTests
{
    [Fact]
    public void An_end_that_a_send_decides_does_not_overtake_messages_that_are_being_handed_out()
    {
        using var wired = new Wired();
        wired.Handler.Opening = _ => new TestStream
        {
            OnWhole = (stream, bytes, _) =>
            {
                if (bytes[0] == 1)
                {
                    Assert.True(wired.Send(stream, [9]));
                    wired.Connection.FillNow();
                    Assert.Equal(0, wired.World.World.Blocks.Outstanding - 1);
                    Assert.Empty(stream.Ends);
                }
            },
        };
        wired.Feed(Frame.Open(1, [1], end: false), Frame.Data(1, [2], end: false), Frame.Data(1, [3]));
        var stream = wired.Handler.Accepted.Single();
        Assert.Equal([1, 2, 3], stream.Messages.Select(message => (int)message[0]));
        Assert.Equal(StreamEndKind.Completed, stream.End.Kind);
    }

    [Fact]
    public void A_session_that_fails_while_messages_are_handed_out_ends_their_streams_after_them()
    {
        using var wired = new Wired();
        wired.Handler.Opening = _ => new TestStream();
        wired.Feed(Frame.Open(1, [1], end: false), Frame.Data(1, [2], end: false), Frame.Open(1));
        var stream = wired.Handler.Accepted.Single();
        Assert.Equal(2, stream.Messages.Count);
        Assert.Equal(StreamEndKind.SessionClosed, stream.End.Kind);
    }

    [Fact]
    public void Whatever_happens_between_any_two_steps_every_stream_ends_once_and_all_is_given_back()
    {
        Action<Pair, TestStream[]>[] events =
        [
            (pair, _) => pair.Client.Abort(),
            (pair, _) => pair.Server.Abort(),
            (pair, _) => pair.Client.DisposeAsync().AsTask(),
            (pair, _) => pair.Server.DisposeAsync().AsTask(),
            (pair, _) => pair.Client.DrainAsync(TimeSpan.FromSeconds(3)).AsTask(),
            (pair, _) => pair.Server.DrainAsync(TimeSpan.FromSeconds(3)).AsTask(),
            (pair, streams) => Reset(pair.Client, streams[0]),
            (pair, _) => Pair.TryOpen(pair.Client, new TestStream()),
            (pair, _) => pair.ServerHandler.Accepted.ToList().ForEach(stream => Reset(pair.Server, stream)),
        ];
        for (var first = 0; first < events.Length; first++)
        {
            // Two events with some steps between, at every place of the dialogue.
            for (var steps = 0; Play(events[first], events[(first + steps) % events.Length], steps); steps++)
            {
                Assert.True(steps < 500);
            }
        }
    }

    // False when the dialogue was over before the event.
    private static bool Play(Action<Pair, TestStream[]> first, Action<Pair, TestStream[]> second, int steps)
    {
        var pipe = new InMemoryOptions { PipeBytes = 3000, MaxDeliveryBytes = 2000 };
        using var pair = new Pair(seed: (ulong)steps, pipe: pipe, settle: false);
        pair.Answer(bytes => bytes);
        var streams = new[] { 10, 5000, 1 }.Select(size => Pair.Open(pair.Client, new byte[size])).ToArray();
        var over = false;
        for (var i = 0; i < steps && !over; i++)
        {
            over = !pair.World.Executor.RunOne();
        }

        first(pair, streams);
        pair.World.Executor.RunOne();
        pair.World.Executor.RunOne();
        second(pair, streams);
        pair.World.Advance(TimeSpan.FromSeconds(4));
        pair.Client.Abort();
        pair.Server.Abort();
        pair.World.Settle();
        foreach (var stream in streams)
        {
            Assert.Empty(stream.Breaches);
            Assert.True(stream.IsOver);
        }

        return !over;
    }

    private static void Reset(PeerSession session, TestStream stream)
    {
        if (session.TryReset(stream, stream.Life, ResetCode.Cancelled, out _))
        {
            stream.MarkReset();
            session.Release(stream);
        }
    }
}
