namespace NetCore.PubSub.Internal;

/// <summary>The peers of one broker, to be ended with it.</summary>
internal sealed class PeerRegistry
{
    private readonly Lock _lock = new();
    private readonly HashSet<BrokerPeer> _peers = [];
    private volatile bool _stopped;

    public bool IsStopped => _stopped;

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _peers.Count;
            }
        }
    }

    /// <summary>False when the broker is stopping: nobody would end it.</summary>
    public bool TryAdd(BrokerPeer peer)
    {
        lock (_lock)
        {
            return !_stopped && _peers.Add(peer);
        }
    }

    public void Remove(BrokerPeer peer)
    {
        lock (_lock)
        {
            _peers.Remove(peer);
        }
    }

    public void Stop()
    {
        BrokerPeer[] peers;
        lock (_lock)
        {
            _stopped = true;
            peers = [.. _peers];
        }

        foreach (var peer in peers)
        {
            peer.Fail(PubSubErrorCode.Stopping, "The broker is stopping.");
        }
    }
}
