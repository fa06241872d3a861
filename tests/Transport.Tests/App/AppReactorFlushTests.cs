using System.Net;
using System.Net.Sockets;
using NetCore.Core;

namespace NetCore.Transport.Tests;

/// <summary>What callbacks send has gone out when the poll comes back: the next may be late.</summary>
public sealed class AppReactorFlushTests
{
    [Theory]
    [InlineData(TransportEngine.Epoll, WaitPolicy.Blocking)]
    [InlineData(TransportEngine.Uring, WaitPolicy.Blocking)]
    [InlineData(TransportEngine.Uring, WaitPolicy.Adaptive)]
    [InlineData(TransportEngine.Uring, WaitPolicy.BusyPoll)]
    public void What_a_poll_sends_arrives_without_another_poll(TransportEngine engine, WaitPolicy wait)
    {
        using var reactor = new AppReactor(new AppReactorOptions { Engine = engine, Wait = wait });
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
        {
            NoDelay = true, ReceiveTimeout = (int)Pair.Patience.TotalMilliseconds,
        };
        var server = Accept(reactor, client);
        var answered = new TaskCompletionSource();
        server.OnData = (peer, data) =>
        {
            peer.SendPattern(1);
            answered.TrySetResult();
            return data.Length;
        };

        client.Send("?"u8);
        Until(() => server.Received > 0 || answered.Task.IsCompleted, () => reactor.Poll(TimeSpan.Zero));
        ReceiveAnswer(client, 0);

        client.Send("?"u8);
        answered = new TaskCompletionSource();
        Until(() => answered.Task.IsCompleted, () => reactor.Poll(Pair.Patience));
        ReceiveAnswer(client, 1);

        client.Send("?"u8);
        answered = new TaskCompletionSource();
        reactor.Run(new ValueTask(answered.Task));
        ReceiveAnswer(client, 2);

        // An item, and no event beside it.
        reactor.World.Executor.Post(new Reactors.Item(() => server.SendPattern(1)));
        Assert.True(reactor.Poll(TimeSpan.Zero));
        ReceiveAnswer(client, 3);
    }

    private static void ReceiveAnswer(Socket client, int position)
    {
        var answer = new byte[1];
        Assert.Equal(1, client.Receive(answer));
        Assert.Equal(Peer.ByteAt(position), answer[0]);
    }

    private static Peer Accept(AppReactor reactor, Socket client)
    {
        Peer? server = null;
        var listener = reactor.Run(reactor.Transport.ListenAsync(
            "tcp://127.0.0.1:0", connection => server = new Peer(connection).Start()));
        client.Connect(IPAddress.Loopback, listener.Address.Port);
        Until(() => server is not null, () => reactor.Poll(TimeSpan.Zero));
        return server!;
    }

    private static void Until(Func<bool> condition, Action poll)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < Pair.Patience);
            poll();
        }
    }
}
