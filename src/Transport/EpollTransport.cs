using NetCore.Core;
using NetCore.Native;
using NetCore.Transport.Internal;

namespace NetCore.Transport;

/// <summary>TCP and Unix domain sockets over <c>epoll</c>: a few threads, each with its own connections.</summary>
/// <remarks>
/// Linux only (4.5 and later). Callbacks of a connection run on the thread of its reactor and must not block: they hold
/// up every connection of that reactor. Sends run on the calling thread. Dispose it after its connections and
/// listeners; it waits for them.
/// </remarks>
public sealed class EpollTransport : ITransport, IDisposable
{
    private readonly EpollHost _host;
    private readonly EpollConnector _connector;
    private int _disposed;

    /// <summary>Starts the reactors; null options mean the defaults.</summary>
    /// <exception cref="PlatformNotSupportedException">This is not Linux.</exception>
    /// <exception cref="TransportException">The process has no more descriptors.</exception>
    public EpollTransport(World world, EpollTransportOptions? options = null)
        : this(world, options ?? new EpollTransportOptions(), new SystemCalls())
    {
    }

    internal EpollTransport(World world, EpollTransportOptions options, ISystemCalls calls)
        : this(new EpollHost(Checked(world), options.Sockets, new ReactorGroup(world, options, calls)))
    {
    }

    internal EpollTransport(EpollHost host)
    {
        _host = host;
        _connector = new EpollConnector(_host);
    }

    /// <inheritdoc/>
    public string Backend => EpollHost.Backend;

    internal IReadOnlyList<Reactor> Reactors => _host.Reactors.All;

    /// <summary>What its reactors have done so far; from any thread.</summary>
    public TransportCounters Counters => _host.Reactors.Counters;

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
        return new EpollListener(_host, socket, SocketAddresses.Bound(socket, address), onAccepted);
    }

    /// <summary>Ends the reactors' threads when their last connection has gone. Idempotent.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            _host.Reactors.Dispose();
        }
    }

    /// <summary>The same without waiting: the threads end when their last connection has gone.</summary>
    internal void Stop()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            _host.Reactors.Stop();
        }
    }

    internal static void CheckPlatform()
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new PlatformNotSupportedException("epoll is a part of Linux; use SocketTransport here.");
        }
    }

    // Before the threads start.
    private static World Checked(World world)
    {
        ArgumentNullException.ThrowIfNull(world);
        CheckPlatform();
        return world;
    }
}
