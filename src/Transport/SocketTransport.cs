using NetCore.Core;
using NetCore.Transport.Internal;

namespace NetCore.Transport;

/// <summary>TCP and Unix domain sockets over <c>System.Net.Sockets</c>: the portable engine.</summary>
/// <remarks>
/// Callbacks run on threads of the pool. Deadlines are kept by <c>World.Timers</c>; the sockets themselves and name
/// resolution need the real world.
/// </remarks>
public sealed class SocketTransport : ITransport
{
    private readonly SocketConnector _connector;
    private readonly SocketHost _host;

    /// <summary>Makes a transport in <paramref name="world"/>; null options mean the defaults.</summary>
    public SocketTransport(World world, SocketTransportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(world);
        _host = new SocketHost(world, options ?? new SocketTransportOptions());
        _connector = new SocketConnector(_host);
    }

    /// <inheritdoc/>
    public string Backend => SocketHost.Backend;

    /// <inheritdoc/>
    public async ValueTask<Connection> ConnectAsync(
        TransportAddress address, ConnectOptions? options = null, CancellationToken cancellationToken = default)
    {
        SocketAddresses.Check(address);
        var timeout = (options ?? new ConnectOptions()).Timeout;
        var socket = await _connector.ConnectAsync(address, timeout, cancellationToken).ConfigureAwait(false);
        return _host.Adopt(socket, "c", address);
    }

    /// <inheritdoc/>
    public async ValueTask<Listener> ListenAsync(
        TransportAddress address,
        Action<Connection> onAccepted,
        ListenOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        SocketAddresses.Check(address);
        ArgumentNullException.ThrowIfNull(onAccepted);
        var socket = await SocketBinder
            .BindAsync(_host, address, options ?? new(), cancellationToken).ConfigureAwait(false);
        return new SocketListener(_host, socket, SocketAddresses.Bound(socket, address), onAccepted);
    }
}
