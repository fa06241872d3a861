using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using NetCore.Core;

namespace NetCore.PubSub.Internal;

/// <summary>The topics and patterns of one broker.</summary>
/// <remarks>
/// The table of topics is the cache of matches: each topic keeps whom it is for until a pattern comes or goes, which
/// changes the version. Topics are made, and patterns added, under one lock, so that no topic comes between the two
/// steps of a subscription. The tree has a lock of its own, because topics read it under theirs.
/// </remarks>
internal sealed class BrokerCore
{
    private readonly ConcurrentDictionary<byte[], BrokerTopic> _topics = new(BytesComparer.Instance);
    private readonly Lock _lock = new();
    private readonly List<BrokerTopic> _clock = [];
    private readonly Dictionary<(string Pattern, string Group), SubscriptionGroup> _groups = [];
    private readonly Lock _trieLock = new();
    private readonly TopicTrie<TopicTarget> _trie = new();
    private readonly List<TopicTarget> _found = [];
    private long _version;
    private int _hand;
    private int _subscriptions;
    private ulong _floor = 1;

    public BrokerCore(BrokerOptions options)
    {
        Options = options;
        World = options.World;
        Logger = World.LoggerFactory.CreateLogger("NetCore.PubSub");
        do
        {
            Epoch = World.Random.NextUInt64();
        }
        while (Epoch == 0);
    }

    public BrokerOptions Options { get; }

    public World World { get; }

    public ILogger Logger { get; }

    public ulong Epoch { get; }

    /// <summary>Changes when a pattern comes or goes.</summary>
    public long Version => Volatile.Read(ref _version);

    public int Topics => _topics.Count;

    public int Subscriptions => Volatile.Read(ref _subscriptions);

    /// <summary>Nodes that the matches so far have visited.</summary>
    public long MatchSteps { get; private set; }

    /// <summary>The topic, which is made when it is new; false when there are too many.</summary>
    public bool TryGetTopic(ReadOnlySpan<byte> name, [NotNullWhen(true)] out BrokerTopic? topic)
    {
        if (_topics.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(name, out topic))
        {
            return true;
        }

        lock (_lock)
        {
            if (_topics.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(name, out topic))
            {
                return true;
            }

            if (_topics.Count >= Options.MaxTopics && !Forget_NeedsLock())
            {
                return false;
            }

            var bytes = name.ToArray();
            topic = new BrokerTopic(this, bytes, RuleOf(bytes), _floor);
            _topics[bytes] = topic;
            _clock.Add(topic);
            return true;
        }
    }

    /// <summary>Whom a topic is for.</summary>
    /// <returns>The version that this holds for.</returns>
    public long Match(byte[] name, out BrokerSubscription[] subscriptions, out SubscriptionGroup[] groups)
    {
        lock (_trieLock)
        {
            _found.Clear();
            MatchSteps += _trie.Match(name, _found);
            subscriptions = [.. _found.OfType<BrokerSubscription>()];
            groups = [.. _found.OfType<SubscriptionGroup>()];
            _found.Clear();
            return _version;
        }
    }

    /// <summary>Some rule of a topic's owner lets subscribers of the pattern block, wherever it holds.</summary>
    public bool MayBlock(TopicPattern pattern) => Options.Topics.Any(
        rule => rule.AllowBlocking && TopicText.Covers(rule.Topics.Bytes, pattern.Bytes));

    /// <summary>Adds a subscription: what it is to get from before, and then everything live.</summary>
    public PubSubErrorCode Add(
        BrokerSubscription subscription, ulong epoch, Dictionary<byte[], ulong>? positions, FlushList flush)
    {
        lock (_lock)
        {
            if (_subscriptions >= Options.MaxSubscriptions)
            {
                return PubSubErrorCode.TooMany;
            }

            var resumes = positions is not null && epoch == Epoch;
            if (positions is not null && !resumes)
            {
                subscription.AddLoss(new GapRange(null, 0, 0, GapRange.Unknown, GapReason.NewEpoch));
            }

            if (!TryAttach_NeedsLock(subscription, resumes ? positions : null, flush))
            {
                return PubSubErrorCode.SnapshotTooLarge;
            }

            _subscriptions++;
            lock (_trieLock)
            {
                Insert_NeedsLock(subscription);
                _version++;
            }
        }

        return PubSubErrorCode.None;
    }

    /// <summary>Takes a subscription out; what waits for it as one of a group goes to the others.</summary>
    public void Remove(BrokerSubscription subscription, FlushList flush)
    {
        List<Slice> left = [];
        lock (_lock)
        {
            bool removed;
            lock (_trieLock)
            {
                removed = Delete_NeedsLock(subscription);
                _version++;
            }

            _subscriptions -= removed ? 1 : 0;
            lock (subscription.Peer.Lock)
            {
                if (subscription.Ending is null)
                {
                    left = subscription.Drop_NeedsLock();
                }

                subscription.TakeBlocked_NeedsLock(flush);
            }
        }

        foreach (var slice in left)
        {
            slice.Topic.Redeliver(subscription.Group!, slice, flush);
        }
    }

    /// <summary>The broker ends: everything that is kept goes back.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            foreach (var topic in _topics.Values)
            {
                topic.Clear();
            }

            _topics.Clear();
            _clock.Clear();
        }
    }

    private bool TryAttach_NeedsLock(
        BrokerSubscription subscription, Dictionary<byte[], ulong>? positions, FlushList flush)
    {
        var unseen = false;
        foreach (var topic in Matching(subscription.Pattern))
        {
            ulong? position = null;
            if (positions is not null && positions.Remove(topic.Name, out var last))
            {
                position = last;
            }

            if ((topic.IsStateful || positions is not null)
                && !topic.TryAttach(subscription, position, positions is not null, flush))
            {
                return false;
            }
        }

        foreach (var (name, _) in positions ?? [])
        {
            // Forgotten meanwhile; not of this pattern is the subscriber's own mistake.
            unseen |= TopicText.Matches(subscription.Pattern.Bytes, name);
        }

        if (unseen)
        {
            subscription.AddLoss(new GapRange(null, 0, 0, GapRange.Unknown, GapReason.NotKept));
        }

        return true;
    }

    private IEnumerable<BrokerTopic> Matching(TopicPattern pattern)
    {
        if (pattern.IsLiteral)
        {
            return _topics.TryGetValue(pattern.Bytes, out var topic) ? [topic] : [];
        }

        return _clock.Where(topic => TopicText.Matches(pattern.Bytes, topic.Name));
    }

    private void Insert_NeedsLock(BrokerSubscription subscription)
    {
        if (subscription.GroupName is not { } name)
        {
            _trie.Add(subscription.Pattern.Bytes, subscription);
            return;
        }

        var key = (subscription.Pattern.ToString(), name);
        if (!_groups.TryGetValue(key, out var group))
        {
            group = new SubscriptionGroup(subscription.Pattern, name);
            _groups.Add(key, group);
            _trie.Add(subscription.Pattern.Bytes, group);
        }

        subscription.Group = group;
        group.Members = [.. group.Members, subscription];
    }

    private bool Delete_NeedsLock(BrokerSubscription subscription)
    {
        if (subscription.GroupName is null)
        {
            return _trie.Remove(subscription.Pattern.Bytes, subscription);
        }

        if (subscription.Group is not { } group || !group.Members.Contains(subscription))
        {
            return false;
        }

        group.Members = [.. group.Members.Where(member => member != subscription)];
        if (group.Members.Length == 0)
        {
            _groups.Remove((group.Pattern.ToString(), group.Name));
            _trie.Remove(group.Pattern.Bytes, group);
        }

        return true;
    }

    private TopicRule RuleOf(byte[] name) =>
        Options.Topics.FirstOrDefault(rule => TopicText.Matches(rule.Topics.Bytes, name)) ?? DefaultRule;

    private static TopicRule DefaultRule { get; } = new(">");

    // The hand of a clock goes round: who was not used since it came by is forgotten.
    private bool Forget_NeedsLock()
    {
        for (var left = 2 * _clock.Count; left > 0; left--)
        {
            _hand = (_hand + 1) % _clock.Count;
            var topic = _clock[_hand];
            if (topic.IsUsed && !topic.IsStateful)
            {
                topic.IsUsed = false;
            }
            else if (topic.TryForget(out var next))
            {
                _floor = Math.Max(_floor, next);
                _topics.TryRemove(topic.Name, out _);
                _clock[_hand] = _clock[^1];
                _clock.RemoveAt(_clock.Count - 1);
                return true;
            }
        }

        return false;
    }
}
