namespace NetCore.PubSub.Internal;

/// <summary>The last messages of one topic, for subscribers that come back. Guarded by the lock of the topic.</summary>
internal sealed class ReplayBuffer(TopicRule rule)
{
    private readonly FifoQueue _queue = new(rule.ReplayMessages, rule.ReplayBytes, dropOldest: true);

    public void Add(Slice slice) => _queue.Add(slice);

    /// <summary>What is kept after a number, each for a second owner, the oldest first.</summary>
    public List<Slice> After(ulong sequence)
    {
        var found = new List<Slice>();
        for (var i = 0; i < _queue.Entries; i++)
        {
            ref readonly var entry = ref _queue.Peek(i);
            if (entry.IsGap || entry.Slice.Last <= sequence)
            {
                continue;
            }

            var slice = entry.Slice.Share();
            if (slice.First <= sequence)
            {
                slice.SkipFirst((int)(sequence + 1 - slice.First));
            }

            found.Add(slice);
        }

        return found;
    }

    public void Clear() => _queue.Clear();
}
