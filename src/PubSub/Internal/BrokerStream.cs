using NetCore.Session;

namespace NetCore.PubSub.Internal;

/// <summary>The stream of topics of one connection at the broker: it only passes on to its peer.</summary>
internal sealed class BrokerStream(BrokerPeer peer) : SessionStream
{
    protected override void OnMessage(in IncomingMessage message) => peer.OnMessage(in message);

    protected override void OnEnded(in StreamEnd end) => peer.OnEnded();
}
