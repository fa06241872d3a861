using System.Net;
using System.Net.Sockets;
using NetCore.Core;
using NetCore.Transport.Internal;

namespace NetCore.Transport.Tests;

/// <summary>What the transport asks of the kernel for each connection.</summary>
public sealed class SocketOptionTests : IDisposable
{
    private const int TcpUserTimeout = 18;
    private const int TcpNotSentLowat = 25;

    private readonly World _world = new(new WorldOptions());
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public SocketOptionTests()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        _socket.Connect(_listener.LocalEndPoint!);
    }

    [Fact]
    public async Task By_default_TCP_does_not_delay_and_finds_a_dead_peer()
    {
        await using var connection = Adopt(new SocketTransportOptions());
        Assert.True(_socket.NoDelay);
        Assert.Equal((30, 10, 3, 30_000), KeepAliveAndTimeout());
        var unsent = new byte[sizeof(int)];
        _socket.GetRawSocketOption((int)SocketOptionLevel.Tcp, TcpNotSentLowat, unsent);
        Assert.Equal(TransportLimits.MaxUnsentBytes, BitConverter.ToInt32(unsent));
    }

    [Fact]
    public async Task Options_reach_the_socket()
    {
        await using var connection = Adopt(new SocketTransportOptions
        {
            NoDelay = false,
            KeepAliveTime = TimeSpan.FromSeconds(7),
            KeepAliveInterval = TimeSpan.FromSeconds(2),
            KeepAliveProbes = 5,
            UserTimeout = TimeSpan.FromSeconds(4),
        });
        Assert.False(_socket.NoDelay);
        Assert.Equal((7, 2, 5, 4000), KeepAliveAndTimeout());
    }

    public void Dispose()
    {
        _listener.Dispose();
        _socket.Dispose();
        _world.Dispose();
    }

    private PumpConnection Adopt(SocketTransportOptions options) =>
        new SocketHost(_world, options).Adopt(_socket, "c", "tcp://127.0.0.1:1");

    private (int Time, int Interval, int Probes, int UserTimeout) KeepAliveAndTimeout()
    {
        Assert.Equal(1, (int)_socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive)!);
        var timeout = new byte[sizeof(int)];
        _socket.GetRawSocketOption((int)SocketOptionLevel.Tcp, TcpUserTimeout, timeout);
        return (
            Tcp(SocketOptionName.TcpKeepAliveTime),
            Tcp(SocketOptionName.TcpKeepAliveInterval),
            Tcp(SocketOptionName.TcpKeepAliveRetryCount),
            BitConverter.ToInt32(timeout));
    }

    private int Tcp(SocketOptionName name) => (int)_socket.GetSocketOption(SocketOptionLevel.Tcp, name)!;
}
