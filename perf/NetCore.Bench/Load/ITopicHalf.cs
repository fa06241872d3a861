namespace NetCore.Bench;

/// <summary>A publisher and its subscribers in the client process, each on a connection of its own.</summary>
/// <remarks>Used by the thread of the driver; deliveries may come on others.</remarks>
internal interface ITopicHalf : IDisposable
{
    /// <summary>Connects, and returns when the broker has all subscriptions.</summary>
    /// <param name="address">Where the broker listens.</param>
    /// <param name="shape">As many subscribers as it has connections, and its bystander behind them.</param>
    /// <param name="meter">Gets each delivery with the number of its subscriber, from 0 on.</param>
    void Connect(Uri address, LoadShape shape, TopicMeter meter);

    /// <summary>Publishes, soon or at once; false when there is no room now.</summary>
    bool TryPublish(ReadOnlySpan<byte> message);

    /// <summary>What was published leaves at once.</summary>
    void Flush();

    /// <summary>
    /// Returns when each subscriber has got <paramref name="count"/> messages, or earlier when something has come.
    /// </summary>
    void Wait(long count);
}
