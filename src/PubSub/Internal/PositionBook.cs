namespace NetCore.PubSub.Internal;

/// <summary>How far a subscription has come in each topic. Bounded.</summary>
internal sealed class PositionBook
{
    private readonly Lock _lock = new();
    private readonly ulong _epoch;
    private readonly Dictionary<string, ulong> _others = [];
    private string? _topic;
    private ulong _sequence;

    public PositionBook(TopicPositions? start, ulong epoch)
    {
        _epoch = epoch;
        if (start is null || start.Epoch != epoch)
        {
            return;
        }

        foreach (var position in start.Positions)
        {
            _others[position.Topic] = position.Sequence;
        }
    }

    /// <summary>Mostly it is the topic of the message before.</summary>
    public void Set(string topic, ulong sequence)
    {
        lock (_lock)
        {
            if (ReferenceEquals(topic, _topic))
            {
                _sequence = Math.Max(sequence, _sequence);
                return;
            }

            Store();
            _topic = topic;
            _sequence = Math.Max(sequence, _others.GetValueOrDefault(topic));
        }
    }

    public TopicPositions Take()
    {
        lock (_lock)
        {
            Store();
            return new TopicPositions(
                _epoch, [.. _others.Select(static pair => new TopicPosition(pair.Key, pair.Value))]);
        }
    }

    private void Store()
    {
        if (_topic is { } topic && (_others.Count < PubSubLimits.MaxPositions || _others.ContainsKey(topic)))
        {
            _others[topic] = _sequence;
        }
    }
}
