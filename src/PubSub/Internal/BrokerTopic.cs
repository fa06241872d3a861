using NetCore.Core;

namespace NetCore.PubSub.Internal;

/// <summary>One topic at the broker: its numbers, whom its messages are for, and what it keeps.</summary>
/// <remarks>
/// Everything is guarded by its lock. Order of locks: the broker's, a topic's, then the tree's or a peer's, then a
/// session's gate.
/// </remarks>
internal sealed class BrokerTopic(BrokerCore core, byte[] name, TopicRule rule, ulong next) : IFlushable
{
    private readonly Lock _lock = new();
    private readonly ulong _start = next;
    private readonly ReplayBuffer? _replay = rule.ReplayMessages > 0 ? new ReplayBuffer(rule) : null;
    private readonly LastValues? _last =
        rule.KeepsLastValues ? new LastValues(rule, core.World.Blocks) : null;

    private readonly TopicAudience _audience = new(core, name, rule);
    private ulong _next = next;
    private bool _forgotten;
    private int _marked;
    private ParkedBatches? _parked;

    public byte[] Name { get; } = name;
    public TopicRule Rule { get; } = rule;

    /// <summary>Keeps messages or numbers that a subscriber may come back for: it is not forgotten.</summary>
    public bool IsStateful { get; } = rule.ReplayMessages > 0 || rule.KeepsLastValues;

    /// <summary>Used since somebody looked for topics to forget.</summary>
    public bool IsUsed { get; set; }

    /// <summary>Gives records to all whom they are for, or parks or refuses them; takes them over.</summary>
    /// <returns>False when the topic was forgotten meanwhile, and is to be looked up again.</returns>
    public bool TryPublish(ref Slice slice, IPublishSource source, in PublishTicket ticket, FlushList flush)
    {
        lock (_lock)
        {
            if (_forgotten)
            {
                return false;
            }

            IsUsed = true;
            slice.Topic = this;
            _audience.Update();

            var batch = slice;
            slice = default;
            if (_parked is { IsEmpty: false })
            {
                Park_NeedsLock(in batch, source, in ticket, accepted: 0);
                flush.Add(source);
                return true;
            }

            var accepted = 0;
            var outcome = Accept_NeedsLock(ref batch, ref accepted, flush);
            Resolve_NeedsLock(batch, source, in ticket, accepted, outcome);
            flush.Add(source);
        }

        return true;
    }

    /// <summary>
    /// A new subscription, from the broker's lock: what was before comes first, and then everything, without a gap.
    /// </summary>
    /// <param name="subscription">The new one.</param>
    /// <param name="position">The last number that it has; null when it comes back from nowhere.</param>
    /// <param name="resumes">It comes back with positions of this epoch.</param>
    /// <param name="flush">For when all locks are left.</param>
    /// <returns>False when the snapshot does not fit.</returns>
    public bool TryAttach(BrokerSubscription subscription, ulong? position, bool resumes, FlushList flush)
    {
        lock (_lock)
        {
            _audience.Update();

            if (resumes)
            {
                if (!Resume_NeedsLock(subscription, position, flush))
                {
                    return false;
                }
            }
            else if (_last is not null && !TrySnapshot_NeedsLock(subscription, flush))
            {
                return false;
            }

            _audience.Add(subscription);
            return true;
        }
    }

    /// <summary>Gives the number of the next message up, so that the topic may come back later.</summary>
    public bool TryForget(out ulong next)
    {
        lock (_lock)
        {
            next = _next;
            if (IsStateful || _parked is { IsEmpty: false })
            {
                return false;
            }

            return _forgotten = true;
        }
    }

    /// <summary>What waited for a member of a group that has gone is for the others.</summary>
    public void Redeliver(SubscriptionGroup group, Slice slice, FlushList flush)
    {
        lock (_lock)
        {
            _audience.GiveToGroup(group, slice, flush);
        }
    }

    /// <summary>The broker ends.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _forgotten = true;
            _replay?.Clear();
            _last?.Clear();
            while (_parked?.Take() is { } batch)
            {
                batch.Slice.Dispose();
            }

            _parked?.Stop();
        }
    }

    bool IFlushable.TryMark() => Interlocked.Exchange(ref _marked, 1) == 0;

    /// <summary>There is room again, or a deadline has passed.</summary>
    void IFlushable.Flush(FlushList then)
    {
        Volatile.Write(ref _marked, 0);
        lock (_lock)
        {
            if (_parked is null)
            {
                return;
            }

            var now = core.World.Timers.Now;
            while (_parked.First is { } batch)
            {
                var accepted = batch.Accepted;
                var outcome = Accept_NeedsLock(ref batch.Slice, ref accepted, then);
                batch.Accepted = accepted;
                if (outcome == PubSubErrorCode.SlowSubscriber)
                {
                    break;
                }

                _parked.Take();
                Resolve_NeedsLock(batch.Slice, batch.Source, batch.Ticket, accepted, outcome);
                then.Add(batch.Source);
                _parked.Return(batch);
            }

            foreach (var batch in _parked.TakeExpired(now))
            {
                Resolve_NeedsLock(
                    batch.Slice, batch.Source, batch.Ticket, batch.Accepted, PubSubErrorCode.DeadlineExceeded);
                then.Add(batch.Source);
                _parked.Return(batch);
            }
        }
    }

    // None: all records were given away. SlowSubscriber: what is left must wait. Else it is refused.
    private PubSubErrorCode Accept_NeedsLock(ref Slice slice, ref int accepted, FlushList flush)
    {
        _audience.Update();
        if (_last is { } last && !last.HasRoomFor(in slice))
        {
            return PubSubErrorCode.TooManyKeys;
        }

        if (!_audience.Blocks)
        {
            return Give_NeedsLock(ref slice, ref accepted, flush);
        }

        while (true)
        {
            var room = _audience.RoomFor(in slice);
            if (room == 0)
            {
                return PubSubErrorCode.SlowSubscriber;
            }

            if (room == slice.Count)
            {
                return Give_NeedsLock(ref slice, ref accepted, flush);
            }

            var first = slice.ShareFirst(room);
            var outcome = Give_NeedsLock(ref first, ref accepted, flush);
            if (outcome != PubSubErrorCode.None)
            {
                first.Dispose();
                return outcome;
            }

            slice.SkipFirst(room);
        }
    }

    private PubSubErrorCode Give_NeedsLock(ref Slice slice, ref int accepted, FlushList flush)
    {
        slice.First = _next;
        if (_last is { } last)
        {
            try
            {
                last.Copy(in slice);
            }
            catch (ByteBudgetExceededException)
            {
                return PubSubErrorCode.OutOfMemoryBudget;
            }

            last.Put();
        }

        _next += (uint)slice.Count;
        accepted += slice.Count;
        _replay?.Add(slice.Share());
        _audience.Give(in slice, flush);
        slice.Dispose();
        return PubSubErrorCode.None;
    }

    private void Resolve_NeedsLock(
        Slice rest, IPublishSource source, in PublishTicket ticket, int accepted, PubSubErrorCode outcome)
    {
        switch (outcome)
        {
            case PubSubErrorCode.None:
                source.OnResolved(in ticket, accepted, 0, PubSubErrorCode.None);
                break;
            case PubSubErrorCode.SlowSubscriber:
                Park_NeedsLock(in rest, source, in ticket, accepted);
                break;
            default:
                source.OnResolved(in ticket, accepted, rest.Count, outcome);
                rest.Dispose();
                break;
        }
    }

    private void Park_NeedsLock(in Slice slice, IPublishSource source, in PublishTicket ticket, int accepted) =>
        (_parked ??= new ParkedBatches(core, this)).Add(in slice, source, in ticket, accepted);

    private bool TrySnapshot_NeedsLock(BrokerSubscription subscription, FlushList flush)
    {
        if (subscription.Queue.Items + _last!.Count > subscription.MaxItems
            || subscription.Queue.Bytes + _last.Bytes > subscription.MaxBytes)
        {
            return false;
        }

        _last.Snapshot().ForEach(value => subscription.Add(value, flush));
        return true;
    }

    // False when a snapshot was needed instead and does not fit.
    private bool Resume_NeedsLock(BrokerSubscription subscription, ulong? position, FlushList flush)
    {
        if (position is not { } last || last >= _next || last + 1 < _start)
        {
            // Never seen, or of numbers that were forgotten: how many are missing nobody knows.
            if (position is not null || _next > _start)
            {
                subscription.AddLoss(new GapRange(this, 0, _next - 1, GapRange.Unknown, GapReason.NotKept));
            }

            return _last is null || TrySnapshot_NeedsLock(subscription, flush);
        }

        var kept = _replay?.After(last) ?? [];
        var from = kept.Count > 0 ? kept[0].First : _next;
        if (from > last + 1)
        {
            subscription.AddLoss(
                new GapRange(this, last + 1, from - 1, (long)(from - 1 - last), GapReason.NotKept));
        }

        kept.ForEach(slice => subscription.Add(slice, flush));
        return true;
    }
}
