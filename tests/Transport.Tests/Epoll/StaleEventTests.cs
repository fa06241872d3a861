using System.Net;
using System.Net.Sockets;
using NetCore.Core;

namespace NetCore.Transport.Tests;

/// <summary>An event that is dispatched when its descriptor is closed and number and slot have a new owner.</summary>
public sealed class StaleEventTests
{
    // A listener with this backlog has room for two that nobody accepts; who comes then gets no answer.
    private const int Backlog = 1;

    [Fact]
    public void An_event_of_a_closed_connection_does_not_end_the_connect_that_has_its_place_by_now()
    {
        var calls = new LateCalls();
        using var reactor = new AppReactor(new AppReactorOptions(), new WorldOptions(), calls);
        using var listener = Listen(16);
        var first = reactor.Run(reactor.Transport.ConnectAsync(AddressOf(listener)));
        using var server = listener.Accept();
        new Peer(first).Start();
        PollAll(reactor);

        // A byte makes an event of all that is so: there is something to read, and room to send.
        calls.Hold = true;
        server.Send("x"u8);
        PollAll(reactor);
        Assert.Equal(1, calls.Held);
        reactor.Run(first.DisposeAsync());

        using var full = Listen(Backlog);
        using var one = Connect(full);
        using var two = Connect(full);
        using var cancel = new CancellationTokenSource();
        var connect = reactor.Transport.ConnectAsync(AddressOf(full), cancellationToken: cancel.Token).AsTask();
        PollAll(reactor);
        calls.Hold = false;
        PollAll(reactor);
        Assert.Equal(1, calls.Late);
        Assert.False(connect.IsCompleted, "The connect took the event of the connection before it.");
        cancel.Cancel();
        Assert.Throws<OperationCanceledException>(() => reactor.Run(new ValueTask<Connection>(connect)));
    }

    private static void PollAll(AppReactor reactor)
    {
        while (reactor.Poll(TimeSpan.Zero))
        {
        }
    }

    private static Socket Listen(int backlog)
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(backlog);
        return listener;
    }

    private static Socket Connect(Socket listener)
    {
        var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        client.Connect(listener.LocalEndPoint!);
        return client;
    }

    private static TransportAddress AddressOf(Socket listener) =>
        TransportAddress.Tcp("127.0.0.1", ((IPEndPoint)listener.LocalEndPoint!).Port);
}
