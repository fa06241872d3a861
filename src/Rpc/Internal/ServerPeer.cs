using NetCore.Core;
using NetCore.Framing;
using NetCore.Session;

namespace NetCore.Rpc.Internal;

/// <summary>What one side of a session serves to the other.</summary>
internal sealed class ServerPeer(ServerWorld server) : ISessionHandler
{
    private StallSlot? _stalls;
    private RpcClient? _caller;
    private CallQueue? _wakes;
    private RpcRouter? _router;
    private IDispatcher? _dispatcher;

    /// <summary>Who accepted it, to be told of its end; null when nobody is.</summary>
    public RpcServer? Server { get; init; }

    public PeerSession Session { get; private set; } = null!;

    public World World => server.World;

    /// <summary>Bytes after which the consumer of a stream reports.</summary>
    public int Quarter => server.Quarter;

    /// <summary>Where its call objects come from and go to.</summary>
    public ServerCallPool Pool { get; private set; } = null!;

    /// <summary>The calls whose handlers are due.</summary>
    public CallQueue Calls { get; private set; } = null!;

    /// <summary>
    /// What handlers have waited for on their streams has come. A queue of its own: those who wait have started
    /// already, and must not wait for a slot again.
    /// </summary>
    public CallQueue Wakes => _wakes ?? Made(ref _wakes, new CallQueue(World, Session.Connection, int.MaxValue));

    /// <summary>Makes calls to the other side.</summary>
    public RpcClient Caller => _caller ?? Made(ref _caller, new RpcClient(World, Session, Quarter));

    /// <summary>Answers the calls of this session.</summary>
    public IDispatcher Dispatcher => _dispatcher ?? server.Dispatcher!;

    public RpcRouter Router => _router ?? server.Router!;

    /// <summary>Says what inline method runs. Receive callbacks only.</summary>
    public StallSlot Stalls => _stalls ??= server.Stalls.Add();

    /// <summary>Before the session is started.</summary>
    /// <param name="session">The session.</param>
    /// <param name="caller">Makes calls over it; null where one is made when it is asked for.</param>
    public void Attach(PeerSession session, RpcClient? caller = null)
    {
        Session = session;
        _caller = caller;
        Pool = server.CallsOf(session.Connection.Executor);
        Calls = new CallQueue(server.World, session.Connection, server.ConcurrencyPerConnection);
    }

    /// <summary>This session is served by a dispatcher of its own.</summary>
    public void Serve(IDispatcher dispatcher)
    {
        _router = dispatcher as RpcRouter ?? new RpcRouter([dispatcher]);
        _dispatcher = dispatcher;
    }

    public SessionStream? OnOpening(PeerSession session, UpperProtocol protocol)
    {
        if (protocol != UpperProtocol.Rpc)
        {
            return null;
        }

        var call = Pool.Rent();
        call.Begin(this);
        return call.Wire;
    }

    public void OnBatchEnd(PeerSession session)
    {
    }

    public void OnClosed(PeerSession session, in SessionClose close)
    {
        if (_stalls is { } stalls)
        {
            server.Stalls.Remove(stalls);
        }

        _ = Server?.OnClosedAsync(session);
    }

    // Two handlers may ask at once: the first one's is it.
    private static T Made<T>(ref T? place, T made)
        where T : class => Interlocked.CompareExchange(ref place, made, null) ?? made;
}
