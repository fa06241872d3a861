using System.Net;
using System.Net.Sockets;
using NetCore.Core;

namespace NetCore.Transport.Tests;

/// <summary>What is not to wait for the end of a batch: the peer has it while the callback still runs.</summary>
public sealed class SendNowTests
{
    private const int Bytes = 10;

    [Theory]
    [InlineData("sockets")]
    [InlineData("epoll")]
    [InlineData("uring")]
    public async Task What_a_callback_sends_now_arrives_before_it_returns(string engine)
    {
        using var world = new World(new WorldOptions());
        var transport = Transport(engine, world);
        using var owned = transport as IDisposable;
        using var listener = Listen(out var address);
        await using var connection = await transport.ConnectAsync(address);
        Assert.Equal(engine, connection.Backend);
        using var other = listener.Accept();
        using var arrived = new ManualResetEventSlim();
        var inTime = false;
        var peer = new Peer(connection)
        {
            OnData = (peer, data) =>
            {
                peer.SendPattern(Bytes);
                peer.Connection.RequestSendNow();

                // The other end is a thread of its own, which this one does not keep from reading.
                inTime = arrived.Wait(Pair.Patience);
                return data.Length;
            },
        };
        peer.Start();
        other.Send([1]);
        var reading = Task.Factory.StartNew(() => Read(other, arrived), TaskCreationOptions.LongRunning);
        await reading.WaitAsync(Pair.Patience * 2);
        await Pair.Until(() => peer.Batches == 1, "the callback's end");
        Assert.True(inTime);
    }

    [Theory]
    [InlineData("sockets")]
    [InlineData("epoll")]
    [InlineData("uring")]
    public async Task What_a_callback_sends_now_to_a_peer_without_room_arrives_later(string engine)
    {
        const int much = 8 * 1024 * 1024;
        using var world = new World(new WorldOptions());
        var transport = Transport(engine, world);
        using var owned = transport as IDisposable;
        using var listener = Listen(out var address);
        await using var connection = await transport.ConnectAsync(address);
        using var other = listener.Accept();
        other.ReceiveTimeout = (int)Pair.Patience.TotalMilliseconds;
        var peer = new Peer(connection)
        {
            OnData = static (peer, data) =>
            {
                peer.SendPattern(much);
                for (var i = 0; i < much / TransportLimits.MaxSendBatchBytes; i++)
                {
                    peer.Connection.RequestSendNow();
                }

                return data.Length;
            },
        };
        peer.Start();
        other.Send([1]);
        await Pair.Until(() => peer.Batches == 1, "the callback's end");
        Assert.InRange(connection.Statistics.BytesSent, 1, much - 1);
        var buffer = new byte[much];
        for (var count = 0; count < much;)
        {
            count += other.Receive(buffer, count, much - count, SocketFlags.None);
        }

        Assert.Equal(-1, Enumerable.Range(0, much).FirstOrDefault(i => buffer[i] != Peer.ByteAt(i), -1));
    }

    private static Socket Listen(out TransportAddress address)
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        address = TransportAddress.Tcp("127.0.0.1", ((IPEndPoint)listener.LocalEndPoint!).Port);
        return listener;
    }

    private static void Read(Socket socket, ManualResetEventSlim arrived)
    {
        var buffer = new byte[Bytes];
        for (var count = 0; count < Bytes;)
        {
            count += socket.Receive(buffer, count, Bytes - count, SocketFlags.None);
        }

        arrived.Set();
    }

    private static ITransport Transport(string engine, World world) => engine switch
    {
        "epoll" => new EpollTransport(world, new EpollTransportOptions { Reactors = 1 }),
        "uring" => new UringTransport(world, new UringTransportOptions { Reactors = 1 }),
        _ => new SocketTransport(world),
    };
}
