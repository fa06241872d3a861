using System.Net;
using System.Net.Sockets;
using NetCore.Core;

namespace NetCore.Transport.Tests;

/// <summary>Work that never ends on a reactor of the application: all else and the caller get their turn.</summary>
public sealed class AppReactorFairnessTests
{
    // A run of the pump receives 16 times, and items run four times before the events are looked at.
    private const int MostReceivesBetween = 4 * 16 * 4;

    // The same for an item that is alone; some are posted by the connection itself.
    private const int MostRoundsBetween = 10;

    [Theory]
    [InlineData(WaitPolicy.Blocking, false)]
    [InlineData(WaitPolicy.Blocking, true)]
    [InlineData(WaitPolicy.Adaptive, true)]
    [InlineData(WaitPolicy.BusyPoll, false)]
    [InlineData(WaitPolicy.BusyPoll, true)]
    public void A_connection_that_never_runs_dry_holds_up_neither_the_others_nor_a_newcomer_nor_the_caller(
        WaitPolicy wait, bool waits)
    {
        var calls = new Firehose();
        using var reactor = new AppReactor(new AppReactorOptions { Wait = wait }, new WorldOptions(), calls);
        int? beside = null;
        int? newcomer = null;
        var peers = new List<Peer>();
        var listener = reactor.Run(reactor.Transport.ListenAsync("tcp://127.0.0.1:0", connection =>
        {
            newcomer = calls.Raised ? newcomer ?? calls.SinceRaised : null;
            peers.Add(new Peer(connection) { OnData = static (_, data) => data.Length }.Start());
        }));
        using var first = Connect(reactor, listener, () => peers.Count == 1);
        using var second = Connect(reactor, listener, () => peers.Count == 2);
        Socket? third = null;
        peers[1].OnData = (_, data) =>
        {
            beside = calls.SinceRaised;
            return data.Length;
        };
        calls.Raise = () =>
        {
            second.Send("x"u8);
            third = Connect(listener);
        };
        calls.Begin();
        first.Send("x"u8);
        PollUntil(
            reactor,
            () => beside is not null && newcomer is not null,
            waits ? Timeout.InfiniteTimeSpan : TimeSpan.Zero,
            () => calls.Receives,
            MostReceivesBetween);
        Assert.InRange(beside!.Value, 0, MostReceivesBetween);
        Assert.InRange(newcomer!.Value, 0, MostReceivesBetween);
        calls.End();
        third!.Dispose();
    }

    [Theory]
    [InlineData(WaitPolicy.Blocking, false)]
    [InlineData(WaitPolicy.Blocking, true)]
    [InlineData(WaitPolicy.BusyPoll, false)]
    [InlineData(WaitPolicy.BusyPoll, true)]
    public void An_item_that_posts_itself_for_ever_holds_up_neither_events_nor_timers_nor_the_caller(
        WaitPolicy wait, bool waits)
    {
        using var reactor = new AppReactor(new AppReactorOptions { Wait = wait });
        Peer? peer = null;
        var listener = reactor.Run(reactor.Transport.ListenAsync(
            "tcp://127.0.0.1:0", connection => peer = new Peer(connection).Start()));
        using var client = Connect(reactor, listener, () => peer is not null);
        var rounds = 0;
        var raisedAt = 0;
        int? heard = null;
        peer!.OnData = (_, data) =>
        {
            heard = rounds - raisedAt;
            return data.Length;
        };
        var stop = false;
        Reactors.Item item = null!;
        item = new Reactors.Item(() =>
        {
            if (++rounds == 1000)
            {
                raisedAt = rounds;
                client.Send("x"u8);
            }

            if (!stop)
            {
                reactor.World.Executor.Post(item);
            }
        });
        var target = new Alarm();
        reactor.World.Timers.Schedule(new WheelTimer(target), 1);
        reactor.World.Executor.Post(item);
        PollUntil(
            reactor,
            () => heard is not null && target.Fired,
            waits ? Timeout.InfiniteTimeSpan : TimeSpan.Zero,
            () => rounds,
            MostRoundsBetween);
        stop = true;
        Assert.InRange(heard!.Value, 0, MostRoundsBetween);
    }

    // Each poll comes back after a bounded part of the work.
    private static void PollUntil(
        AppReactor reactor, Func<bool> condition, TimeSpan timeout, Func<int> work, int most)
    {
        var start = Environment.TickCount64;
        while (!condition())
        {
            var before = work();
            reactor.Poll(timeout);
            Assert.InRange(work() - before, 0, most);
            Assert.True(Environment.TickCount64 - start < Pair.Patience.TotalMilliseconds, "It is held up.");
        }
    }

    private static Socket Connect(AppReactor reactor, Listener listener, Func<bool> isThere)
    {
        var client = Connect(listener);
        while (!isThere() || reactor.Poll(TimeSpan.Zero))
        {
            reactor.Poll(TimeSpan.Zero);
        }

        return client;
    }

    private static Socket Connect(Listener listener)
    {
        var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        client.Connect(IPAddress.Loopback, listener.Address.Port);
        return client;
    }

    private sealed class Alarm : ITimerTarget
    {
        public bool Fired { get; private set; }

        public void OnTimer(WheelTimer timer, long token) => Fired = true;
    }
}
