namespace NetCore.PubSub;

/// <summary>
/// What happens to messages for which a subscription has no room. The numbers travel and do not change.
/// </summary>
public enum OverflowRule
{
    /// <summary>The oldest that wait are dropped, and told as a gap in their place.</summary>
    DropOldest = 0,

    /// <summary>The new ones are dropped, and told as a gap in their place.</summary>
    DropNewest = 1,

    /// <summary>
    /// A message replaces the one with the same topic and key that still waits; those without a key replace each
    /// other. What was replaced is counted in a gap before the next message. Beyond the bounds the oldest are dropped.
    /// </summary>
    Conflate = 2,

    /// <summary>
    /// The publisher waits, up to its deadline. Only where the topic's owner allows it
    /// (<see cref="TopicRule.AllowBlocking"/>); on any other topic that a pattern covers the new ones are dropped.
    /// </summary>
    Block = 3,

    /// <summary>The subscription ends, after a gap that counts all that it has not got.</summary>
    Disconnect = 4,
}
