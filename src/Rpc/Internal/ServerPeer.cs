using NetCore.Framing;
using NetCore.Session;

namespace NetCore.Rpc.Internal;

/// <summary>The server's end of one session.</summary>
internal sealed class ServerPeer(ServerWorld server) : ISessionHandler
{
    private StallSlot? _stalls;

    /// <summary>Who accepted it, to be told of its end; null when nobody is.</summary>
    public RpcServer? Server { get; init; }

    public PeerSession Session { get; private set; } = null!;

    /// <summary>Where its call objects come from and go to.</summary>
    public ServerCallPool Pool { get; private set; } = null!;

    /// <summary>The calls whose handlers are due.</summary>
    public CallQueue Calls { get; private set; } = null!;

    /// <summary>Says what inline method runs. Receive callbacks only.</summary>
    public StallSlot Stalls => _stalls ??= server.Stalls.Add();

    public void Attach(PeerSession session)
    {
        Session = session;
        Pool = server.CallsOf(session.Connection.Executor);
        Calls = new CallQueue(server.World, session.Connection, server.ConcurrencyPerConnection);
    }

    public SessionStream? OnOpening(PeerSession session, UpperProtocol protocol)
    {
        if (protocol != UpperProtocol.Rpc)
        {
            return null;
        }

        var call = Pool.Rent();
        call.Begin(this);
        return call.Stream;
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
}
