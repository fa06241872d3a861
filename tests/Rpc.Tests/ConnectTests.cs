using System.Net;
using System.Net.Sockets;
using System.Text;
using NetCore.Session;
using NetCore.Transport;

namespace NetCore.Rpc.Tests;

/// <summary>No server, no host, no NetCore server: one exception that names the address and says what to do.</summary>
public class ConnectTests
{
    [Fact]
    public async Task A_server_that_is_not_there_is_refused_with_its_address()
    {
        var error = await Assert.ThrowsAsync<TransportException>(
            async () => await RpcClient.ConnectAsync("tcp://127.0.0.1:1"));
        Assert.Equal(TransportError.Refused, error.Error);
        Assert.Contains("tcp://127.0.0.1:1", error.Message, StringComparison.Ordinal);
        var unix = await Assert.ThrowsAsync<TransportException>(
            async () => await RpcClient.ConnectAsync("unix:///tmp/no-such-folder-of-a-test/s.sock"));
        Assert.Contains("/tmp/no-such-folder-of-a-test/s.sock", unix.Message, StringComparison.Ordinal);
        var inproc = await Assert.ThrowsAsync<TransportException>(
            async () => await RpcClient.ConnectAsync("inproc://nobody"));
        Assert.Equal(TransportError.Refused, inproc.Error);
        Assert.Contains("inproc://nobody", inproc.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_is_unknown_is_named()
    {
        var error = await Assert.ThrowsAsync<TransportException>(
            async () => await RpcClient.ConnectAsync("tcp://no-such-host.invalid:7000"));
        Assert.Equal(TransportError.HostNotFound, error.Error);
        Assert.Contains("no-such-host.invalid", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("220 mail.example.org ESMTP ready, say hello to me\r\n")]
    public async Task A_server_of_another_protocol_is_told_from_a_missing_one(string greeting)
    {
        using var listener = new Listening();
        var connecting = RpcClient.ConnectAsync(listener.Address).AsTask();
        using var peer = await listener.AcceptAsync();
        await peer.SendAsync(Encoding.ASCII.GetBytes(greeting), SocketFlags.None);
        var error = await Assert.ThrowsAsync<SessionException>(() => connecting);
        Assert.Equal(SessionError.NotThisProtocol, error.Error);
        Assert.Contains(listener.Address.ToString(), error.Message, StringComparison.Ordinal);
        Assert.Contains("Check that the address", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_listener_that_says_nothing_is_given_up_in_time()
    {
        using var listener = new Listening();
        var options = new RpcClientOptions
        {
            Session = new SessionOptions { HandshakeTimeout = TimeSpan.FromMilliseconds(200) },
        };
        var connecting = RpcClient.ConnectAsync(listener.Address, options).AsTask();
        using var peer = await listener.AcceptAsync();
        var error = await Assert.ThrowsAsync<SessionException>(() => connecting);
        Assert.Equal(SessionError.HandshakeTimeout, error.Error);
        Assert.Contains(listener.Address.ToString(), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_listener_that_hangs_up_is_named()
    {
        using var listener = new Listening();
        var connecting = RpcClient.ConnectAsync(listener.Address).AsTask();
        (await listener.AcceptAsync()).Dispose();
        var error = await Assert.ThrowsAsync<SessionException>(() => connecting);
        Assert.Equal(SessionError.ConnectionLost, error.Error);
        Assert.Contains(listener.Address.ToString(), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connecting_can_be_cancelled_during_the_handshake()
    {
        using var listener = new Listening();
        using var caller = new CancellationTokenSource();
        var connecting = RpcClient.ConnectAsync(listener.Address, null, caller.Token).AsTask();
        using var peer = await listener.AcceptAsync();
        caller.Cancel();
        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting);
        Assert.Equal(caller.Token, error.CancellationToken);
    }

    /// <summary>A listener that is no server of this library.</summary>
    private sealed class Listening : IDisposable
    {
        private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

        public Listening()
        {
            _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            _socket.Listen();
        }

        public TransportAddress Address =>
            TransportAddress.Tcp("127.0.0.1", ((IPEndPoint)_socket.LocalEndPoint!).Port);

        public Task<Socket> AcceptAsync() => _socket.AcceptAsync();

        public void Dispose() => _socket.Dispose();
    }
}
