using System.Collections.Concurrent;
using NetCore.Rpc.Internal;
using NetCore.Session;
using NetCore.Transport;

namespace NetCore.Rpc;

/// <summary>Serves calls at one address. Thread-safe.</summary>
/// <remarks>
/// Handlers run on the world's executor, or on the receiving thread (<see cref="RpcLane"/>).
/// Stop it in order with <see cref="StopAsync"/>, or dispose it.
/// </remarks>
public sealed class RpcServer : IAsyncDisposable
{
    private readonly ConcurrentDictionary<PeerSession, byte> _sessions = new();
    private readonly ServerWorld _shared;
    private readonly RpcServerOptions _options;
    private readonly Func<RpcClient, IDispatcher>? _services;
    private Listener? _listener;
    private int _stopped;

    private RpcServer(IDispatcher? dispatcher, Func<RpcClient, IDispatcher>? services, RpcServerOptions options)
    {
        _options = options;
        _services = services;
        _shared = new ServerWorld(dispatcher, options);
    }

    /// <summary>Where it serves, with the real port.</summary>
    public TransportAddress Address => _listener!.Address;

    /// <summary>Connections served now.</summary>
    public int Connections => _sessions.Count;

    /// <summary>Listens and serves.</summary>
    /// <param name="address">
    /// For example <c>tcp://*:7000</c>, <c>tcp://127.0.0.1:0</c> or <c>unix:///run/app.sock</c>.
    /// </param>
    /// <param name="dispatcher">
    /// A generated dispatcher, an <see cref="RpcRouter"/> of several, or a decorated one.
    /// </param>
    /// <param name="options">Null means the defaults.</param>
    /// <param name="cancellationToken">Ends the attempt to listen, not the server.</param>
    /// <exception cref="TransportException">It cannot listen there.</exception>
    public static ValueTask<RpcServer> ListenAsync(
        TransportAddress address,
        IDispatcher dispatcher,
        RpcServerOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dispatcher);
        return ListenCoreAsync(address, dispatcher, null, options, cancellationToken);
    }

    /// <summary>Listens and serves each connection by services of its own, which may call the other side.</summary>
    /// <param name="address">As for <see cref="ListenAsync"/>.</param>
    /// <param name="services">
    /// Gets what makes calls to the side that has connected, and gives what serves it: a generated dispatcher, or a
    /// router. Called on the engine's thread, so it must be quick; when it throws, the connection is closed and the log
    /// says so.
    /// </param>
    /// <param name="options">Null means the defaults.</param>
    /// <param name="cancellationToken">Ends the attempt to listen, not the server.</param>
    /// <exception cref="TransportException">It cannot listen there.</exception>
    public static ValueTask<RpcServer> ListenPerConnectionAsync(
        TransportAddress address,
        Func<RpcClient, IDispatcher> services,
        RpcServerOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(services);
        return ListenCoreAsync(address, null, services, options, cancellationToken);
    }

    private static async ValueTask<RpcServer> ListenCoreAsync(
        TransportAddress address,
        IDispatcher? dispatcher,
        Func<RpcClient, IDispatcher>? services,
        RpcServerOptions? options,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(address);
        options ??= new RpcServerOptions();
        var server = new RpcServer(dispatcher, services, options);
        var transport = options.Transport ?? Transports.Create(options.World);
        server._listener = await transport
            .ListenAsync(address, server.OnAccepted, options.Listen, cancellationToken).ConfigureAwait(false);
        RpcLog.Listening(
            server._shared.Logger, server._shared.Router?.Methods.Count ?? 0, server.Address, server._listener.Backend);
        return server;
    }

    /// <summary>Stops in order: no new connections, no new calls, running calls end and are answered.</summary>
    /// <param name="timeout">After it what is left is aborted. At least 1 ms.</param>
    /// <returns>How many connections had to be aborted.</returns>
    public async ValueTask<int> StopAsync(TimeSpan timeout)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(timeout, TimeSpan.FromMilliseconds(1));
        if (Interlocked.Exchange(ref _stopped, 1) != 0)
        {
            await Task.WhenAll(_sessions.Keys.Select(static session => session.Closed)).ConfigureAwait(false);
            return 0;
        }

        await _listener!.DisposeAsync().ConfigureAwait(false);
        var drains = _sessions.Keys.Select(session => session.DrainAsync(timeout).AsTask()).ToArray();
        var ends = await Task.WhenAll(drains).ConfigureAwait(false);
        var aborted = ends.Count(static end => end.Error == SessionError.Aborted);
        RpcLog.Stopped(_shared.Logger, Address, aborted);
        return aborted;
    }

    /// <summary>Stops within <see cref="RpcServerOptions.StopTimeout"/>.</summary>
    public async ValueTask DisposeAsync() => await StopAsync(_options.StopTimeout).ConfigureAwait(false);

    private void OnAccepted(Connection connection)
    {
        var count = _sessions.Count;
        if (count >= _options.MaxConnections || Volatile.Read(ref _stopped) != 0)
        {
            RpcLog.TooManyConnections(_shared.Logger, connection.RemoteAddress, count);
            connection.Abort(TransportError.OutOfResources, "The server has too many connections, or is stopping.");
            _ = connection.DisposeAsync().AsTask();
            return;
        }

        var peer = new ServerPeer(_shared) { Server = this };
        var protocols = _options.Protocols.Count == 0 ? null : new SessionProtocols(peer, _options.Protocols);
        var session = new PeerSession(
            _options.World,
            connection,
            SessionRole.Acceptor,
            (ISessionHandler?)protocols ?? peer,
            _options.Session);
        peer.Attach(session);
        if (_services is not null && !TryServe(peer, connection))
        {
            session.Abort("No services for it.");
            return;
        }

        protocols?.Attach(session);
        _sessions.TryAdd(session, 0);
        session.Start();
    }

    private bool TryServe(ServerPeer peer, Connection connection)
    {
        try
        {
            peer.Serve(_services!(peer.Caller));
            return true;
        }
#pragma warning disable CA1031 // It is somebody else's code, and it must not reach the engine.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            RpcLog.NoServices(_shared.Logger, connection.RemoteAddress, exception);
            return false;
        }
    }

    /// <summary>A session has ended; its last callback. Nothing waits for that while it goes on.</summary>
    internal async Task OnClosedAsync(PeerSession session)
    {
        await session.Connection.DisposeAsync().ConfigureAwait(false);
        _sessions.TryRemove(session, out _);
    }
}
