using System.Net;
using System.Net.Sockets;

namespace NetCore.Transport.Internal;

/// <summary>Connects sockets.</summary>
internal sealed class SocketConnector(SocketHost host)
{
    private readonly Connector<Socket> _connector = new(host.World, ConnectOneAsync, static socket =>
    {
        socket.Dispose();
        return ValueTask.CompletedTask;
    });

    public ValueTask<Socket> ConnectAsync(TransportAddress address, TimeSpan timeout, CancellationToken token) =>
        _connector.ConnectAsync(address, timeout, token);

    private static async Task<Socket> ConnectOneAsync(TransportAddress address, EndPoint end, CancellationToken token)
    {
        var type = end.AddressFamily == AddressFamily.Unix ? ProtocolType.Unspecified : ProtocolType.Tcp;
        var socket = new Socket(end.AddressFamily, SocketType.Stream, type);
        try
        {
            await socket.ConnectAsync(end, token).ConfigureAwait(false);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
