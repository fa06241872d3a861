namespace NetCore.PubSub;

/// <summary>Why something with topics failed. The numbers travel and do not change.</summary>
public enum PubSubErrorCode : uint
{
    /// <summary>It did not fail; no exception has it.</summary>
    None = 0,

    /// <summary>The topic or pattern is malformed.</summary>
    InvalidTopic = 1,

    /// <summary>The message is larger than the broker, or a session on the way, takes.</summary>
    MessageTooLarge = 2,

    /// <summary>The publisher's deadline has passed; the message was not accepted, or nobody knows.</summary>
    DeadlineExceeded = 3,

    /// <summary>The connection, or the stream of topics on it, has ended.</summary>
    Unavailable = 4,

    /// <summary>The peer serves no topics on this connection, or another client has taken them already.</summary>
    NotServed = 5,

    /// <summary>Too many subscriptions, or too many publishes that wait.</summary>
    TooMany = 6,

    /// <summary>The subscription did not keep up and has the rule <see cref="OverflowRule.Disconnect"/>.</summary>
    SlowSubscriber = 7,

    /// <summary>The owner of the topic does not allow subscribers to block publishers.</summary>
    BlockingNotAllowed = 8,

    /// <summary>The snapshot of last values is larger than the bounds of the subscription.</summary>
    SnapshotTooLarge = 9,

    /// <summary>The broker keeps last values of this topic and has no room for another key.</summary>
    TooManyKeys = 10,

    /// <summary>The broker remembers as many topics as it may, and all of them keep messages.</summary>
    TooManyTopics = 11,

    /// <summary>The memory budget is used up.</summary>
    OutOfMemoryBudget = 12,

    /// <summary>The broker, or this client, is stopping in order.</summary>
    Stopping = 13,

    /// <summary>The peer broke the protocol, or found that this side did.</summary>
    ProtocolViolation = 14,

    /// <summary>The peer sent more than its window allows.</summary>
    FlowControl = 15,
}
