using NetCore.Transport.Internal;

namespace NetCore.Transport;

/// <summary>
/// TCP and Unix domain sockets on reactors: what <see cref="EpollTransport"/> and <see cref="UringTransport"/> share.
/// </summary>
/// <remarks>
/// Thread-safe. Callbacks of a connection run on the thread of its reactor and must not block: they hold up every
/// connection of that reactor. Dispose it after its connections and listeners; it waits for them.
/// </remarks>
public class ReactorTransport : ITransport, IDisposable
{
    private readonly ReactorHost _host;
    private readonly ReactorConnector _connector;
    private int _disposed;

    internal ReactorTransport(ReactorHost host)
    {
        _host = host;
        _connector = new ReactorConnector(host);
    }

    /// <inheritdoc/>
    public string Backend => _host.Backend;

    /// <inheritdoc/>
    public string BackendReason => ReasonAfter(ITransport.MadeByCode);

    /// <summary>What its reactors have done so far; from any thread.</summary>
    public TransportCounters Counters => _host.Reactors.Counters;

    internal IReadOnlyList<Reactor> Reactors => _host.Reactors.All;

    /// <summary>Why it is this engine, and what it does without, if there is something.</summary>
    internal string ReasonAfter(string choice) => _host.Remark is { } remark ? $"{choice}; {remark}" : choice;

    /// <inheritdoc/>
    public ValueTask<Connection> ConnectAsync(
        TransportAddress address, ConnectOptions? options = null, CancellationToken cancellationToken = default)
    {
        SocketAddresses.Check(address);
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
        return _connector.ConnectAsync(address, (options ?? new ConnectOptions()).Timeout, cancellationToken);
    }

    /// <inheritdoc/>
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
            .BindAsync(_host, address, options ?? new(), cancellationToken).ConfigureAwait(false);
        var listener = _host.CreateListener(socket, SocketAddresses.Bound(socket, address), onAccepted);
        listener.Start();
        return listener;
    }

    /// <summary>Ends the reactors' threads when their last connection has gone. Idempotent.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            _host.Reactors.Dispose();
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>The same without waiting: the threads end when their last connection has gone.</summary>
    internal void Stop()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            _host.Reactors.Stop();
        }
    }
}
