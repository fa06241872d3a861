using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;
using NetCore.Core;

namespace NetCore.Transport.Tests;

/// <summary>The border between polling by receives and sleeping.</summary>
public sealed class AppReactorPollingTests
{
    [Fact]
    public void Bytes_of_a_paused_connection_whose_event_was_only_marked_are_received_after_the_end_of_polling()
    {
        var time = new FakeTimeProvider();
        using var reactor = new AppReactor(
            new AppReactorOptions { Wait = WaitPolicy.Adaptive }, new WorldOptions { Time = time });
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        var server = Accept(reactor, client);

        server.Connection.PauseReceive();
        client.Send([Peer.ByteAt(0)]);

        // It spins while the clock stands, so that the event comes to a look; then the clock goes and it sleeps.
        var over = false;
        var clock = new Thread(() =>
        {
            var looks = reactor.Counters.Looks;
            SpinWait.SpinUntil(() => reactor.Counters.Looks > looks + 2, Pair.Patience);
            while (!Volatile.Read(ref over))
            {
                time.Advance(TimeSpan.FromMilliseconds(1));
                Thread.Yield();
            }
        });
        clock.Start();
        reactor.Poll(TimeSpan.FromSeconds(1));
        Volatile.Write(ref over, true);
        Assert.True(clock.Join(Pair.Patience));
        server.Connection.ResumeReceive();
        for (var i = 0; i < 100 && server.Received == 0; i++)
        {
            reactor.Poll(TimeSpan.Zero);
        }

        Assert.Equal(1, server.Received);
    }

    [Fact]
    public void An_idle_connection_keeps_its_block_while_it_is_polled_and_gives_it_back_for_the_sleep()
    {
        var time = new FakeTimeProvider();
        using var reactor = new AppReactor(
            new AppReactorOptions { Wait = WaitPolicy.Adaptive }, new WorldOptions { Time = time, TrackBlocks = true });
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        Accept(reactor, client);

        Assert.Equal(0, reactor.World.Blocks.Outstanding);
        var polled = 0L;
        var clock = new Thread(() =>
        {
            var made = reactor.Counters;
            SpinWait.SpinUntil(() => reactor.Counters.EmptyReceives > made.EmptyReceives + 100, Pair.Patience);
            polled = reactor.World.Blocks.Outstanding;
            time.Advance(TimeSpan.FromMilliseconds(1));
            SpinWait.SpinUntil(() => reactor.Counters.Waits > made.Waits, Pair.Patience);
            reactor.World.Executor.Post(new Reactors.Item(static () => { }));
        });
        clock.Start();
        reactor.Poll(Timeout.InfiniteTimeSpan);
        Assert.True(clock.Join(Pair.Patience));
        Assert.Equal((1, 0), (polled, reactor.World.Blocks.Outstanding));
    }

    // The reactor's end of a connection; nothing of it is left to be found.
    private static Peer Accept(AppReactor reactor, Socket client)
    {
        Peer? server = null;
        var listener = reactor.Run(reactor.Transport.ListenAsync(
            "tcp://127.0.0.1:0", connection => server = new Peer(connection).Start()));
        client.Connect(IPAddress.Loopback, listener.Address.Port);
        while (server is null || reactor.Poll(TimeSpan.Zero))
        {
            reactor.Poll(TimeSpan.Zero);
        }

        return server;
    }
}
