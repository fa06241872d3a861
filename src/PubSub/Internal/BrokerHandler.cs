using NetCore.Framing;
using NetCore.Session;

namespace NetCore.PubSub.Internal;

/// <summary>The broker's end of one session: one stream of topics at a time.</summary>
internal sealed class BrokerHandler(BrokerCore core, PeerRegistry peers) : ISessionHandler
{
    private BrokerPeer? _peer;

    public SessionStream? OnOpening(PeerSession session, UpperProtocol protocol)
    {
        if (protocol != UpperProtocol.PubSub || _peer is { IsOver: false })
        {
            return null;
        }

        var peer = new BrokerPeer(core, peers, session);
        if (!peers.TryAdd(peer))
        {
            return null;
        }

        _peer = peer;
        return _peer.Stream;
    }

    public void OnBatchEnd(PeerSession session) => _peer?.OnBatchEnd();

    public void OnClosed(PeerSession session, in SessionClose close) => _peer?.OnEnded();
}
