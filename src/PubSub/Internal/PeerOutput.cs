namespace NetCore.PubSub.Internal;

/// <summary>
/// What is to be sent to one client: answers first, then its subscriptions in turn. Guarded by its lock.
/// </summary>
internal sealed class PeerOutput(BrokerPeer peer)
{
    private readonly DeliveryWriter _writer = new(peer.Session, peer.Stream);
    private readonly ReplyQueue _replies = new();
    private readonly Dictionary<uint, BrokerSubscription> _subscriptions = [];
    private readonly Queue<BrokerSubscription> _ready = new();
    private long _credit;
    private long _window;
    private bool _isAttaching;

    public Lock Lock { get; } = new();

    public bool IsAttached { get; private set; }

    /// <summary>The client has come, and takes so much ahead of what has arrived. The answer goes first.</summary>
    public void Attach(uint window)
    {
        lock (Lock)
        {
            IsAttached = true;
            _isAttaching = true;
            _credit = _window = window;
        }
    }

    /// <summary>
    /// Counts a batch against the publish window; false when the client had none left for the message it begins.
    /// </summary>
    public bool TryCharge(int charge, bool begins)
    {
        lock (Lock)
        {
            if (begins && _replies.Outstanding >= PubSubLimits.PublishWindowBytes)
            {
                return false;
            }

            _replies.OnReceived(charge);
            return true;
        }
    }

    /// <summary>See <see cref="IPublishSource.OnResolved"/>.</summary>
    public void OnResolved(in PublishTicket ticket, int accepted, int refused, PubSubErrorCode code)
    {
        lock (Lock)
        {
            _replies.OnResolved(in ticket, accepted, refused, code);
        }
    }

    /// <summary>The client causes answers and does not take them.</summary>
    public bool HasTooManyAnswers
    {
        get
        {
            lock (Lock)
            {
                return _replies.Count >= PubSubLimits.MaxReplies;
            }
        }
    }

    public void Answer(in Reply reply)
    {
        lock (Lock)
        {
            _replies.Add(in reply);
        }
    }

    /// <summary>False when the number is in use; a null subscription only asks.</summary>
    public bool TryAdd(uint id, BrokerSubscription? subscription, out bool full)
    {
        lock (Lock)
        {
            full = _subscriptions.Count >= PubSubLimits.MaxSubscriptionsPerConnection;
            return subscription is null
                ? !_subscriptions.ContainsKey(id)
                : _subscriptions.TryAdd(id, subscription);
        }
    }

    public BrokerSubscription? Find(uint id)
    {
        lock (Lock)
        {
            return _subscriptions.GetValueOrDefault(id);
        }
    }

    /// <summary>A request to subscribe was granted, or refused after all.</summary>
    public void Decide(BrokerSubscription subscription, PubSubErrorCode code, FlushList flush)
    {
        if (code == PubSubErrorCode.None)
        {
            Start(subscription);
        }
        else
        {
            Forget(subscription, flush);
        }
    }

    /// <summary>A request to subscribe was granted: its answer goes before its first message.</summary>
    public void Start(BrokerSubscription subscription)
    {
        lock (Lock)
        {
            _replies.Add(new Reply(BlockKind.Subscribed, subscription.Id));
            subscription.IsStarted = true;
            List_NeedsLock(subscription);
        }
    }

    /// <summary>A request to subscribe was refused after all.</summary>
    public void Forget(BrokerSubscription subscription, FlushList flush)
    {
        lock (Lock)
        {
            _subscriptions.Remove(subscription.Id);
            subscription.Drop_NeedsLock();
            subscription.TakeBlocked_NeedsLock(flush);
        }
    }

    /// <summary>The client takes more; false when that is more than it said at first.</summary>
    public bool TryGrant(uint id, uint bytes)
    {
        lock (Lock)
        {
            if (id == 0)
            {
                _credit += bytes;
                return _credit <= _window;
            }

            // One that has ended meanwhile needs none.
            if (_subscriptions.GetValueOrDefault(id) is { } subscription)
            {
                subscription.Credit += bytes;
                List_NeedsLock(subscription);
                return subscription.Credit <= subscription.Window;
            }

            return true;
        }
    }

    public void List_NeedsLock(BrokerSubscription subscription)
    {
        if (!subscription.IsListed && subscription.HasWork)
        {
            subscription.IsListed = true;
            _ready.Enqueue(subscription);
        }
    }

    /// <summary>Hands over what may be sent; false when there is no memory to do so.</summary>
    public bool TryWrite_NeedsLock(FlushList then)
    {
        if (_isAttaching)
        {
            if (!_writer.TryReserve())
            {
                return false;
            }

            _isAttaching = false;
            _writer.WriteAttached(
                peer.Core.Epoch, PubSubLimits.PublishWindowBytes, peer.Core.Options.MaxMessageBytes);
        }

        while (_credit > 0 && (_replies.HasWork || _ready.Count > 0))
        {
            if (!_writer.TryReserve())
            {
                return false;
            }

            if (_replies.TryTake(out var reply))
            {
                _writer.Write(in reply);
            }
            else
            {
                WriteNext_NeedsLock(_ready.Dequeue(), then);
            }

            _credit -= _writer.TakeCharge();
        }

        _writer.Send();
        _credit -= _writer.TakeCharge();
        return true;
    }

    /// <summary>Nothing is sent any more.</summary>
    /// <returns>The subscriptions that there were.</returns>
    public BrokerSubscription[] Close()
    {
        lock (Lock)
        {
            BrokerSubscription[] subscriptions = [.. _subscriptions.Values];
            _subscriptions.Clear();
            _ready.Clear();
            _writer.Drop();
            return subscriptions;
        }
    }

    private void WriteNext_NeedsLock(BrokerSubscription subscription, FlushList then)
    {
        subscription.IsListed = false;
        if (subscription.HasWork && subscription.Queue.TryTake(subscription.Credit, out var entry))
        {
            if (entry.IsGap)
            {
                _writer.Write(subscription.Id, in entry.Gap);
            }
            else
            {
                // What has become a gap costs the subscriber nothing: it grants for records alone.
                var charge = entry.Slice.Length + PubSubLimits.BlockCharge;
                subscription.Credit -= _writer.TryWrite(subscription.Id, entry.Slice) ? charge : 0;
                subscription.TakeBlocked_NeedsLock(then);
            }
        }
        else if (subscription.Ending is { } code)
        {
            _writer.Write(new Reply(BlockKind.Ended, subscription.Id, (uint)code));
            _subscriptions.Remove(subscription.Id);
            return;
        }

        List_NeedsLock(subscription);
    }
}
