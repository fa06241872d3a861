using Microsoft.Extensions.Time.Testing;
using NetCore.Core;
using NetCore.Native;
using NetCore.Transport.Internal;

namespace NetCore.Transport.Tests;

/// <summary>The end of a reactor of the application.</summary>
public sealed class AppReactorDisposeTests
{
    [Theory]
    [InlineData(TransportEngine.Epoll)]
    [InlineData(TransportEngine.Uring)]
    public void What_is_left_is_closed(TransportEngine engine)
    {
        var reactor = new AppReactor(new AppReactorOptions { Engine = engine });
        var (listener, client, server) = Connect(reactor);
        reactor.Dispose();
        foreach (var peer in (Peer[])[client, server])
        {
            Assert.Equal(1, peer.ClosedCount);
            Assert.Equal(TransportError.Aborted, peer.Close.Error);
        }

        Assert.Equal(0, reactor.World.Blocks.Outstanding);
        using var later = new AppReactor();
        Assert.Equal(
            TransportError.Refused,
            Assert.Throws<TransportException>(
                () => later.Run(later.Transport.ConnectAsync(listener.Address))).Error);
    }

    [Fact]
    public void It_ends_when_the_time_of_a_close_on_its_ring_has_just_passed()
    {
        var time = new FakeTimeProvider();
        var ring = new HeldRing();
        var ended = 0;
        var thread = new Thread(() =>
        {
            var reactor = new AppReactor(
                new AppReactorOptions { Engine = TransportEngine.Uring },
                new WorldOptions { Time = time },
                new SystemCalls(),
                ring);
            var (_, _, server) = Connect(reactor);

            // The kernel does not end what it is to cancel.
            ring.Holds = static completion => completion.Error == Errno.Canceled;
            server.Connection.Abort();
            for (var i = 0; i < 20; i++)
            {
                reactor.Poll(TimeSpan.Zero);
            }

            time.Advance(TimeSpan.FromMilliseconds(TransportLimits.LostCloseMilliseconds + 10));
            reactor.Poll(TimeSpan.Zero);
            ring.LetGo();
            reactor.Dispose();
            Volatile.Write(ref ended, 1);
        });
        thread.IsBackground = true;
        thread.Start();
        Assert.True(thread.Join(Pair.Patience));
        Assert.Equal(1, ended);
    }

    [Fact]
    public void A_disposed_reactor_says_so()
    {
        var reactor = new AppReactor();
        reactor.Dispose();
        reactor.Dispose();
        Assert.Throws<ObjectDisposedException>(() => reactor.Poll(TimeSpan.Zero));
        Assert.Throws<ObjectDisposedException>(() => reactor.Run(default));
        Assert.Throws<ObjectDisposedException>(
            () => reactor.Transport.ConnectAsync("tcp://127.0.0.1:1").AsTask().GetAwaiter().GetResult());
    }

    [Theory]
    [InlineData(TransportEngine.Epoll)]
    [InlineData(TransportEngine.Uring)]
    public void Another_thread_may_dispose_it_when_its_own_has_ended(TransportEngine engine)
    {
        var reactor = new AppReactor(new AppReactorOptions { Engine = engine });
        Peer? client = null;
        AppReactorTests.OnAnotherThread(() => client = Connect(reactor).Client);
        reactor.Dispose();
        Assert.Equal(1, client!.ClosedCount);
    }

    [Theory]
    [InlineData(TransportEngine.Epoll)]
    [InlineData(TransportEngine.Uring)]
    public void A_connect_that_is_under_way_ends(TransportEngine engine)
    {
        var reactor = new AppReactor(new AppReactorOptions { Engine = engine });

        // Nothing answers there: a net for documentation, or no route at all.
        var connect = reactor.Transport.ConnectAsync("tcp://192.0.2.1:9").AsTask();
        reactor.Poll(TimeSpan.Zero);
        reactor.Dispose();
        Assert.True(connect.IsCompleted);
        Assert.ThrowsAny<Exception>(connect.GetAwaiter().GetResult);
    }

    private static (Listener Listener, Peer Client, Peer Server) Connect(AppReactor reactor)
    {
        Peer? server = null;
        var listener = reactor.Run(reactor.Transport.ListenAsync(
            "tcp://127.0.0.1:0", connection => server = new Peer(connection).Start()));
        var client = new Peer(reactor.Run(reactor.Transport.ConnectAsync(listener.Address))).Start();
        client.SendPattern(1000);
        while (server is not { Received: 1000 })
        {
            reactor.Poll(Timeout.InfiniteTimeSpan);
        }

        return (listener, client, server);
    }
}
