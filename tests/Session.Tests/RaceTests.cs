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
    public void A_receive_batch_that_ends_no_stream_behind_its_back_enters_the_gate_once()
    {
        using var wired = new Wired();
        using var held = new ManualResetEventSlim();
        using var release = new ManualResetEventSlim();
        Thread? holder = null;
        wired.Handler.Opening = _ => new TestStream
        {
            OnWhole = (stream, _, _) =>
            {
                // What was decided is being handed out; from here on another thread has the gate.
                holder = new Thread(() =>
                {
                    lock (wired.Session.Gate)
                    {
                        held.Set();
                        Assert.True(release.Wait(TimeSpan.FromSeconds(200)));
                    }
                });
                holder.Start();
                Assert.True(held.Wait(TimeSpan.FromSeconds(90)));
            },
        };
        var feeding = new Thread(() => wired.Connection.Feed(Frame.Open(1, [1]).Bytes));
        feeding.Start();
        var returned = feeding.Join(TimeSpan.FromSeconds(90));
        release.Set();
        feeding.Join();
        holder!.Join();
        Assert.True(returned, "The receive callback waited for the gate.");
    }

    [Fact]
    public void An_end_that_was_left_to_the_receiver_is_found_by_it_and_by_nobody_else()
    {
        var ended = new Internal.EndedStreams();
        var end = new StreamEnd(StreamEndKind.Completed, default, true, default);
        var stream = new TestStream();
        Assert.False(ended.TryLeaveToReceiver(stream, in end));
        ended.BeginDelivery();
        Assert.True(ended.TryEndDelivery());

        ended.BeginDelivery();
        Assert.True(ended.TryLeaveToReceiver(stream, in end));
        Assert.False(ended.TryTake(receiving: false, out _, out _));
        Assert.False(ended.TryEndDelivery());
        Assert.True(ended.TryTake(receiving: true, out _, out _));
        Assert.False(ended.TryTake(receiving: true, out _, out _));

        // One that was decided before the batch and not told yet is the receiver's too.
        ended.Add(stream, in end);
        ended.BeginDelivery();
        Assert.False(ended.TryTake(receiving: false, out _, out _));
        Assert.False(ended.TryEndDelivery());
    }

    [Fact]
    public void An_end_is_told_once_by_the_receiver_or_by_the_one_who_decided_it()
    {
        var gate = new Lock();
        var ended = new Internal.EndedStreams();
        var end = new StreamEnd(StreamEndKind.Completed, default, true, default);
        var stream = new TestStream();
        var told = 0;
        const int rounds = 200_000;
        var deciding = new Thread(() =>
        {
            for (var i = 0; i < rounds; i++)
            {
                lock (gate)
                {
                    if (ended.TryLeaveToReceiver(stream, in end))
                    {
                        continue;
                    }
                }

                Interlocked.Increment(ref told);
            }
        });
        deciding.Start();
        var late = 0;
        while (deciding.IsAlive)
        {
            lock (gate)
            {
                ended.BeginDelivery();
            }

            // As long as handing out takes: the other one comes in between.
            Thread.SpinWait(30);
            if (ended.TryEndDelivery())
            {
                lock (gate)
                {
                    Assert.False(ended.TryTake(receiving: false, out _, out _), "An end was left to nobody.");
                }

                continue;
            }

            for (var more = true; more;)
            {
                lock (gate)
                {
                    more = ended.TryTake(receiving: true, out _, out _);
                }

                late += more ? 1 : 0;
            }
        }

        Assert.Equal(rounds, told + late);
        Assert.False(ended.TryTake(receiving: true, out _, out _));
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
