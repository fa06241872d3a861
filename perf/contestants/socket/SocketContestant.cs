using System.Net;
using System.Net.Sockets;

namespace NetCore.Bench.Contenders;

/// <summary>
/// System.Net.Sockets alone, asynchronous: no framing, no calls. What any SDK over these sockets has below it.
/// </summary>
internal sealed class SocketContestant : IContestant
{
    public string Name => "socket";

    public string Description => "raw System.Net.Sockets echo of 32-byte records, one connection, no framing";

    public Task<IEchoServer> ListenAsync(Uri address)
    {
        var listener = NewSocket();
        listener.Bind(EndPointOf(address));
        listener.Listen();
        return Task.FromResult<IEchoServer>(new SocketEchoServer(listener));
    }

    public async Task<IEchoClient> ConnectAsync(Uri address)
    {
        var socket = NewSocket();
        await socket.ConnectAsync(EndPointOf(address));
        return new SocketEchoClient(socket);
    }

    private static Socket NewSocket() =>
        new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    private static IPEndPoint EndPointOf(Uri address) => new(IPAddress.Parse(address.Host), address.Port);
}
