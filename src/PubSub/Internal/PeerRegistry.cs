using System.Collections.Concurrent;

namespace NetCore.PubSub.Internal;

/// <summary>The peers of one broker, to be ended with it.</summary>
internal sealed class PeerRegistry
{
    private readonly ConcurrentDictionary<BrokerPeer, byte> _peers = new();
    private volatile bool _stopped;

    public bool IsStopped => _stopped;

    public int Count => _peers.Count;

    public void Add(BrokerPeer peer) => _peers.TryAdd(peer, 0);

    public void Remove(BrokerPeer peer) => _peers.TryRemove(peer, out _);

    public void Stop()
    {
        _stopped = true;
        foreach (var peer in _peers.Keys)
        {
            peer.Fail(PubSubErrorCode.Stopping, "The broker is stopping.");
        }
    }
}
