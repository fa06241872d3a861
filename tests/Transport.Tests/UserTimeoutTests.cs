using System.Net;
using System.Net.Sockets;
using NetCore.Core;

namespace NetCore.Transport.Tests;

/// <summary>A peer that is there, and acknowledges all it has room for, but reads nothing.</summary>
public sealed class UserTimeoutTests
{
    [Theory]
    [InlineData("sockets")]
    [InlineData("epoll")]
    [InlineData("uring")]
    public async Task A_peer_that_has_no_room_for_the_user_timeout_is_given_up(string engine)
    {
        var sockets = new SocketTransportOptions { UserTimeout = TimeSpan.FromSeconds(1) };
        using var world = new World(new WorldOptions());
        var transport = Transport(engine, world, sockets);
        using var owned = transport as IDisposable;
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
        {
            ReceiveBufferSize = 4096,
        };
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var address = TransportAddress.Tcp("127.0.0.1", ((IPEndPoint)listener.LocalEndPoint!).Port);
        await using var connection = await transport.ConnectAsync(address);
        Assert.Equal(engine, connection.Backend);
        using var still = listener.Accept();
        var peer = new Peer(connection).Start();
        peer.SendPattern(100_000_000);
        await peer.Done.Task.WaitAsync(Pair.Patience);
        Assert.Equal(TransportError.PeerTimeout, peer.Close.Error);
    }

    private static ITransport Transport(string engine, World world, SocketTransportOptions sockets) => engine switch
    {
        "epoll" => new EpollTransport(world, new EpollTransportOptions { Sockets = sockets, Reactors = 1 }),
        "uring" => new UringTransport(world, new UringTransportOptions { Sockets = sockets, Reactors = 1 }),
        _ => new SocketTransport(world, sockets),
    };
}
