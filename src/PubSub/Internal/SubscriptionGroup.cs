namespace NetCore.PubSub.Internal;

/// <summary>Subscriptions of one pattern that share its messages: each message is for one of them.</summary>
/// <param name="pattern">Of all of them.</param>
/// <param name="name">Of the group.</param>
internal sealed class SubscriptionGroup(TopicPattern pattern, string name) : TopicTarget
{
    private int _turn;

    public TopicPattern Pattern { get; } = pattern;

    public string Name { get; } = name;

    /// <summary>Replaced as a whole, under the broker's lock.</summary>
    public BrokerSubscription[] Members
    {
        get => Volatile.Read(ref field);
        set => Volatile.Write(ref field, value);
    } = [];

    /// <summary>The next member: one that takes messages now, else the one for which the fewest wait.</summary>
    /// <param name="slice">A message.</param>
    /// <param name="mustFit">Only one that has room, or needs none because it drops.</param>
    public BrokerSubscription? Choose(in Slice slice, bool mustFit)
    {
        var members = Members;
        BrokerSubscription? best = null;
        var turn = (uint)Interlocked.Increment(ref _turn);
        for (var i = 0u; i < members.Length; i++)
        {
            var member = members[(turn + i) % (uint)members.Length];
            if (member.IsOver || (mustFit && member.Rule == OverflowRule.Block && member.RoomFor(in slice) == 0))
            {
                continue;
            }

            if (member.IsReady)
            {
                return member;
            }

            best = best is null || member.Queue.Items < best.Queue.Items ? member : best;
        }

        return best;
    }
}
