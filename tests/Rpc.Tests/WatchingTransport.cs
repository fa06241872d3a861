using System.Collections.Concurrent;
using NetCore.Transport;

namespace NetCore.Rpc.Tests;

/// <summary>Remembers the connections that a server got.</summary>
internal sealed class WatchingTransport(ITransport inner) : ITransport
{
    public ConcurrentQueue<Connection> Accepted { get; } = new();

    public string Backend => inner.Backend;

    public ValueTask<Connection> ConnectAsync(
        TransportAddress address, ConnectOptions? options, CancellationToken cancellationToken) =>
        inner.ConnectAsync(address, options, cancellationToken);

    public ValueTask<Listener> ListenAsync(
        TransportAddress address,
        Action<Connection> onAccepted,
        ListenOptions? options,
        CancellationToken cancellationToken) => inner.ListenAsync(
            address,
            connection =>
            {
                Accepted.Enqueue(connection);
                onAccepted(connection);
            },
            options,
            cancellationToken);
}
