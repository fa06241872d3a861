namespace NetCore.Transport.Internal;

/// <summary>Connects and listens on reactors, whatever their engine.</summary>
internal sealed class ReactorTransport(ReactorHost host) : ITransport, IDisposable
{
    private readonly ReactorConnector _connector = new(host);
    private int _disposed;

    public string Backend => host.Backend;

    public IReadOnlyList<Reactor> Reactors => host.Reactors.All;

    public TransportCounters Counters => host.Reactors.Counters;

    public ValueTask<Connection> ConnectAsync(
        TransportAddress address, ConnectOptions? options = null, CancellationToken cancellationToken = default)
    {
        SocketAddresses.Check(address);
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
        return _connector.ConnectAsync(address, (options ?? new ConnectOptions()).Timeout, cancellationToken);
    }

    public async ValueTask<Listener> ListenAsync(
        TransportAddress address,
        Action<Connection> onAccepted,
        ListenOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        SocketAddresses.Check(address);
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
        ArgumentNullException.ThrowIfNull(onAccepted);
        var socket = await SocketBinder
            .BindAsync(host, address, options ?? new(), cancellationToken).ConfigureAwait(false);
        var listener = host.CreateListener(socket, SocketAddresses.Bound(socket, address), onAccepted);
        listener.Start();
        return listener;
    }

    /// <summary>Ends the reactors' threads when their last connection has gone. Idempotent.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            host.Reactors.Dispose();
        }
    }

    /// <summary>The same without waiting: the threads end when their last connection has gone.</summary>
    public void Stop()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            host.Reactors.Stop();
        }
    }
}
