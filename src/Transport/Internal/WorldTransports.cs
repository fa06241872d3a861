using Microsoft.Extensions.Logging;
using NetCore.Core;

namespace NetCore.Transport.Internal;

/// <summary>
/// The transports that were made for a world by <see cref="Transports"/>; they end with it. Thread-safe.
/// </summary>
internal sealed class WorldTransports : IDisposable
{
    private readonly Lock _lock = new();
    private readonly World _world;
    private readonly InMemoryTransport _inMemory;
    private readonly TransportLog _log;

    // Guarded by the lock.
    private readonly Dictionary<(TransportEngine Engine, TransportOptions Options), SchemeTransport> _made = [];
    private readonly List<ReactorTransport> _owned = [];
    private SchemeTransport? _reactor;
    private (string Backend, bool IsSecondBest)? _reported;
    private bool _disposed;

    private WorldTransports(World world)
    {
        _world = world;
        _inMemory = new InMemoryTransport(world);
        _log = world.GetOrAdd(static w => new TransportLog(w.LoggerFactory));
    }

    public static WorldTransports Of(World world) => world.GetOrAdd(static w => new WorldTransports(w));

    /// <summary>The world is a reactor's own: there is no other transport in it.</summary>
    public void SetReactor(ReactorTransport transport) => _reactor = new SchemeTransport(
        transport, _inMemory, transport.ReasonAfter("the world belongs to a reactor of the application"));

    public ITransport Get(TransportOptions options)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, _world);
            if (_reactor is not null)
            {
                return options.Engine != TransportEngine.Sockets
                    ? _reactor
                    : throw new TransportException(
                        TransportError.EngineNotAvailable,
                        "In the world of an AppReactor there is no engine but its own; "
                            + "sockets need a world of theirs.");
            }

            return Get(options, EngineChoice.Make(_world, options.Engine));
        }
    }

    /// <summary>The transport of a choice, which is made where there is none yet.</summary>
    public ITransport Get(TransportOptions options, EngineChoice choice)
    {
        lock (_lock)
        {
            return Find(choice, options);
        }
    }

    /// <summary>Threads end when their last connection has gone; nobody waits for that here.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _owned.ForEach(static transport => transport.Stop());
        }
    }

    // What took the place of an engine that was only advised keeps it: the same options give the same transport.
    private SchemeTransport Find(EngineChoice choice, TransportOptions options)
    {
        var key = (choice.Engine, options);
        if (!_made.TryGetValue(key, out var transport))
        {
            try
            {
                transport = Make(choice, options);
            }
            catch (TransportException e) when (choice.Advice is not null && e.InnerException is TransportException why)
            {
                // Its self-test has passed, but all of its reactors are more than that.
                var instead = choice.Without(EngineRefusal.Reason(why), EngineProbes.Of(_world).Ask);
                if (instead.Engine == choice.Engine)
                {
                    throw;
                }

                transport = Find(instead, options);
            }

            _made.Add(key, transport);
        }

        return transport;
    }

    private SchemeTransport Make(EngineChoice choice, TransportOptions options)
    {
        var engine = Start(choice, options);
        var reason = engine is ReactorTransport reactors ? reactors.ReasonAfter(choice.Reason) : choice.Reason;
        var transport = new SchemeTransport(engine, _inMemory, reason);
        Report(transport, choice.IsSecondBest);
        return transport;
    }

    private ITransport Start(EngineChoice choice, TransportOptions options)
    {
        if (choice.Engine == TransportEngine.Sockets)
        {
            return new SocketTransport(_world, options.Sockets);
        }

        ReactorTransport transport = choice.Engine == TransportEngine.Uring
            ? new UringTransport(
                _world,
                new UringTransportOptions
                {
                    Sockets = options.Sockets,
                    Reactors = options.Reactors,
                    Wait = options.Wait,
                },
                choice.Reason,
                choice.Instead)
            : new EpollTransport(
                _world,
                new EpollTransportOptions
                {
                    Sockets = options.Sockets,
                    Reactors = options.Reactors,
                    Wait = options.Wait,
                },
                choice.Reason,
                choice.Instead);
        _owned.Add(transport);
        return transport;
    }

    // Once for a world, and again only when it says something else.
    private void Report(SchemeTransport transport, bool isSecondBest)
    {
        if (_reported != (transport.Backend, isSecondBest))
        {
            _reported = (transport.Backend, isSecondBest);
            var level = isSecondBest ? LogLevel.Warning : LogLevel.Information;
            _log.EngineChosen(level, transport.Backend, transport.BackendReason);
        }
    }
}
