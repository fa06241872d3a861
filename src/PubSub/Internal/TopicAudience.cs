namespace NetCore.PubSub.Internal;

/// <summary>
/// Whom the messages of one topic are for, until a pattern comes or goes. Guarded by the lock of the topic.
/// </summary>
internal sealed class TopicAudience(BrokerCore core, byte[] name, TopicRule rule)
{
    private BrokerSubscription[] _subscriptions = [];
    private SubscriptionGroup[] _groups = [];
    private long _version = -1;

    /// <summary>Some of them make publishers wait.</summary>
    public bool Blocks { get; private set; }

    /// <summary>Looks again if a pattern has come or gone.</summary>
    public void Update()
    {
        if (core.Version != _version)
        {
            Rematch();
        }
    }

    /// <summary>One more, before the tree has it; of a group the tree alone decides.</summary>
    public void Add(BrokerSubscription subscription)
    {
        if (subscription.GroupName is null)
        {
            _subscriptions = [.. _subscriptions, subscription];
            Blocks |= rule.AllowBlocking && subscription.Rule == OverflowRule.Block;
        }
    }

    /// <summary>Gives records to all; they stay the caller's.</summary>
    public void Give(in Slice slice, FlushList flush)
    {
        foreach (var subscription in _subscriptions)
        {
            subscription.Add(slice.Share(), flush);
        }

        foreach (var group in _groups)
        {
            GiveToGroup(group, slice.Share(), flush);
        }
    }

    /// <summary>Each record is for one member; takes them over.</summary>
    public void GiveToGroup(SubscriptionGroup group, Slice slice, FlushList flush)
    {
        while (slice.Count > 1 && group.Members.Length > 1)
        {
            var first = slice.ShareFirst(1);
            slice.SkipFirst(1);
            GiveToMember(group, first, flush);
        }

        GiveToMember(group, slice, flush);
    }

    private void GiveToMember(SubscriptionGroup group, Slice slice, FlushList flush)
    {
        // One that has gone since it was chosen is not chosen again.
        while ((group.Choose(in slice, mustFit: Blocks) ?? group.Choose(in slice, mustFit: false)) is { } member)
        {
            if (member.TryAdd(slice, flush))
            {
                return;
            }
        }

        slice.Dispose();
    }

    /// <summary>
    /// How many of the first records all who block have room for; with groups that block one after the other.
    /// </summary>
    public int RoomFor(in Slice slice)
    {
        var room = slice.Count;
        foreach (var subscription in _subscriptions)
        {
            if (subscription.Rule == OverflowRule.Block)
            {
                room = Math.Min(room, subscription.RoomFor(in slice));
            }
        }

        foreach (var group in _groups)
        {
            if (group.Members.Any(static member => member.Rule == OverflowRule.Block && !member.IsOver))
            {
                room = Math.Min(room, group.Choose(in slice, mustFit: true) is null ? 0 : 1);
            }
        }

        return room;
    }

    private void Rematch()
    {
        _version = core.Match(name, out _subscriptions, out _groups);
        Blocks = rule.AllowBlocking && (
            _subscriptions.Any(static subscription => subscription.Rule == OverflowRule.Block)
            || _groups.Any(static group => group.Members.Any(static member => member.Rule == OverflowRule.Block)));
    }
}
