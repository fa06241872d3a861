using System.Collections.Concurrent;
using NetCore.Framing;
using NetCore.PubSub.Internal;
using NetCore.Session;
using NetCore.Transport;

namespace NetCore.PubSub;

/// <summary>Takes messages from publishers and gives them to subscribers. Thread-safe.</summary>
/// <remarks>
/// It listens by itself (<see cref="ListenAsync"/>), or is served beside calls on the connections of an RPC server, to
/// whose options it is given; both at once is possible. A process that only publishes listens with one and publishes
/// through
/// <see cref="CreatePublisher"/>: its subscribers then need no process between. Dispose it, before the server that it
/// stands beside.
/// </remarks>
public sealed class Broker : ISessionProtocol, IAsyncDisposable
{
    private readonly ConcurrentDictionary<PeerSession, byte> _sessions = new();
    private readonly PeerRegistry _peers = new();
    private readonly List<Listener> _listeners = [];
    private readonly LocalOutbox _local;
    private int _stopped;

    /// <summary>Makes a broker that serves nobody yet.</summary>
    /// <param name="options">Null means the defaults.</param>
    public Broker(BrokerOptions? options = null)
    {
        Core = new BrokerCore(options ?? new BrokerOptions());
        _local = new LocalOutbox(Core);
    }

    /// <summary>Names this life of the broker: drawn at random, other than that of any before it.</summary>
    public ulong Epoch => Core.Epoch;

    /// <summary>Clients that are served now.</summary>
    public int Clients => _peers.Count;

    /// <summary>Subscriptions there are now.</summary>
    public int Subscriptions => Core.Subscriptions;

    /// <summary>Topics that it remembers now.</summary>
    public int Topics => Core.Topics;

    UpperProtocol ISessionProtocol.Protocol => UpperProtocol.PubSub;

    internal BrokerCore Core { get; }

    /// <summary>Listens, on an address of its own.</summary>
    /// <param name="address">For example <c>tcp://*:7001</c>, <c>tcp://127.0.0.1:0</c> or
    /// <c>unix:///run/t.sock</c>.</param>
    /// <param name="cancellationToken">Ends the attempt to listen, not the broker.</param>
    /// <returns>Where it listens, with the real port.</returns>
    /// <exception cref="TransportException">It cannot listen there.</exception>
    /// <exception cref="ObjectDisposedException">It was disposed, maybe while it was about to listen.</exception>
    public async ValueTask<TransportAddress> ListenAsync(
        TransportAddress address, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(address);
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _stopped) != 0, this);
        var options = Core.Options;
        var transport = options.Transport ?? Transports.Create(options.World);
        var listener = await transport
            .ListenAsync(address, OnAccepted, options.Listen, cancellationToken).ConfigureAwait(false);
        bool stopped;
        lock (_listeners)
        {
            stopped = Volatile.Read(ref _stopped) != 0;
            if (!stopped)
            {
                _listeners.Add(listener);
            }
        }

        if (stopped)
        {
            // It was disposed meanwhile, and knows nothing of this listener, nor of whom that has accepted since the
            // sessions were looked through.
            await listener.DisposeAsync().ConfigureAwait(false);
            await EndSessionsAsync().ConfigureAwait(false);
            throw new ObjectDisposedException(GetType().FullName);
        }

        PubSubLog.Listening(Core.Logger, listener.Address, listener.Backend);
        return listener.Address;
    }

    /// <summary>Publishes from this process, without a connection.</summary>
    /// <param name="topic">Where to.</param>
    /// <param name="options">Null means the defaults.</param>
    public TopicPublisher CreatePublisher(TopicName topic, PublisherOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(topic);
        return new TopicPublisher(_local, topic, options ?? PublisherOptions.Default);
    }

    ISessionHandler ISessionProtocol.Attach(PeerSession session) => new BrokerHandler(Core, _peers);

    /// <summary>Ends all clients' topics, and the connections of its own listeners.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _stopped, 1) != 0)
        {
            return;
        }

        Listener[] listeners;
        lock (_listeners)
        {
            listeners = [.. _listeners];
        }

        foreach (var listener in listeners)
        {
            await listener.DisposeAsync().ConfigureAwait(false);
        }

        _local.Close(PubSubErrorCode.Stopping, "The broker is stopping.");
        _peers.Stop();
        await EndSessionsAsync().ConfigureAwait(false);
        Core.Clear();
    }

    private Task EndSessionsAsync() =>
        Task.WhenAll(_sessions.Keys.Select(static session => session.DisposeAsync().AsTask()));

    private void OnAccepted(Connection connection)
    {
        var count = _sessions.Count;
        if (count >= Core.Options.MaxConnections || Volatile.Read(ref _stopped) != 0)
        {
            PubSubLog.TooManyConnections(Core.Logger, connection.RemoteAddress, count);
            connection.Abort(TransportError.OutOfResources, "The broker has too many connections, or is stopping.");
            _ = connection.DisposeAsync().AsTask();
            return;
        }

        var handler = new BrokerHandler(Core, _peers);
        var session = new PeerSession(
            Core.World, connection, SessionRole.Acceptor, handler, Core.Options.Session);
        _sessions.TryAdd(session, 0);
        _ = ServeAsync(session);
    }

    private async Task ServeAsync(PeerSession session)
    {
        session.Start();
        await session.Closed.ConfigureAwait(false);
        await session.Connection.DisposeAsync().ConfigureAwait(false);
        _sessions.TryRemove(session, out _);
    }
}
