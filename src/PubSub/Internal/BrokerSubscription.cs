namespace NetCore.PubSub.Internal;

/// <summary>One subscription at the broker. Guarded by the lock of its peer, where nothing else is said.</summary>
internal sealed class BrokerSubscription : TopicTarget, IFlushable
{
    private int _marked;
    private long _credit;
    private volatile bool _isOver;

    // Topics that have parked messages because of it; guarded by the lock of the peer.
    private List<BrokerTopic>? _blocked;

    public BrokerSubscription(BrokerPeer peer, in SubscribeBlock request, TopicPattern pattern, string? groupName)
    {
        Peer = peer;
        Id = request.Id;
        Pattern = pattern;
        GroupName = groupName;
        Rule = request.Rule;
        _credit = request.Window;
        Window = request.Window;
        var maxItems = (int)request.MaxItems;
        var maxBytes = (int)request.MaxBytes;
        Queue = Rule == OverflowRule.Conflate
            ? new ConflatingQueue(maxItems, maxBytes, peer.Core.World.Blocks)
            : new FifoQueue(maxItems, maxBytes, dropOldest: Rule == OverflowRule.DropOldest);
        MaxItems = maxItems;
        MaxBytes = maxBytes;
    }

    public BrokerPeer Peer { get; }

    public uint Id { get; }

    public TopicPattern Pattern { get; }

    public OverflowRule Rule { get; }

    /// <summary>Of the group that it is one of; null when it is alone.</summary>
    public string? GroupName { get; }

    /// <summary>Set when it is added.</summary>
    public SubscriptionGroup? Group { get; set; }

    public DeliveryQueue Queue { get; }

    public int MaxItems { get; }

    public int MaxBytes { get; }

    public uint Window { get; }

    /// <summary>Bytes that the subscriber takes now.</summary>
    public long Credit
    {
        get => Volatile.Read(ref _credit);
        set => Volatile.Write(ref _credit, value);
    }

    /// <summary>Stands in its peer's list of those that have something to send.</summary>
    public bool IsListed { get; set; }

    /// <summary>Its subscriber is told, and hears nothing of it before that.</summary>
    public bool IsStarted { get; set; }

    /// <summary>It ends, for this reason, when its queue is empty.</summary>
    public PubSubErrorCode? Ending { get; private set; }

    /// <summary>Takes no messages any more. Read without the lock.</summary>
    public bool IsOver => _isOver;

    /// <summary>A message would be sent at once; a hint, without the lock.</summary>
    public bool IsReady => Credit > 0 && Queue.Items == 0;

    public bool HasWork => IsStarted && (Ending is not null || (Credit > 0 && Queue.HasWork));

    /// <summary>Room for the first records; also marks what has none as blocked by this.</summary>
    public int RoomFor(in Slice slice)
    {
        lock (Peer.Lock)
        {
            if (_isOver)
            {
                return slice.Count;
            }

            var room = Queue.RoomFor(in slice);
            if (room < slice.Count && (_blocked ??= []).Contains(slice.Topic) is false)
            {
                _blocked.Add(slice.Topic);
            }

            return room;
        }
    }

    /// <summary>Takes records over; from the lock of their topic.</summary>
    public void Add(Slice slice, FlushList flush)
    {
        if (!TryAdd(slice, flush))
        {
            slice.Dispose();
        }
    }

    /// <summary>The same; false when it takes no messages any more, and the records stay the caller's.</summary>
    public bool TryAdd(Slice slice, FlushList flush)
    {
        lock (Peer.Lock)
        {
            if (_isOver)
            {
                return false;
            }

            if (Rule == OverflowRule.Disconnect && Queue.RoomFor(in slice) < slice.Count)
            {
                Queue.AddLoss(GapRange.Of(in slice, GapReason.Overflow));
                slice.Dispose();
                Queue.LoseAll(GapReason.Overflow);
                End_NeedsLock(PubSubErrorCode.SlowSubscriber);
                flush.Add(this);
            }
            else
            {
                Queue.Add(slice);
            }

            Peer.Output.List_NeedsLock(this);
        }

        flush.Add(Peer);
        return true;
    }

    /// <summary>Something is lost for it; from the lock of the topic.</summary>
    public void AddLoss(in GapRange gap)
    {
        lock (Peer.Lock)
        {
            if (!_isOver)
            {
                Queue.AddLoss(in gap);
                Peer.Output.List_NeedsLock(this);
            }
        }
    }

    public void End_NeedsLock(PubSubErrorCode code)
    {
        _isOver = true;
        Ending ??= code;
        Peer.Output.List_NeedsLock(this);
    }

    /// <summary>Nobody is told; what waits for a member of a group is for the others.</summary>
    public List<Slice> Drop_NeedsLock()
    {
        _isOver = true;
        var left = new List<Slice>();
        while (Group is not null && Queue.TryTake(long.MaxValue, out var entry))
        {
            if (!entry.IsGap)
            {
                left.Add(entry.Slice);
            }
        }

        Queue.Clear();
        return left;
    }

    /// <summary>The topics that may go on now that there is room, or nobody to wait for.</summary>
    public void TakeBlocked_NeedsLock(FlushList flush)
    {
        if (_blocked is { Count: > 0 } blocked)
        {
            foreach (var topic in blocked)
            {
                flush.Add(topic);
            }

            blocked.Clear();
        }
    }

    bool IFlushable.TryMark() => Interlocked.Exchange(ref _marked, 1) == 0;

    /// <summary>It has ended by itself: the tree must forget it.</summary>
    void IFlushable.Flush(FlushList then)
    {
        Volatile.Write(ref _marked, 0);
        Peer.Core.Remove(this, then);
    }
}
