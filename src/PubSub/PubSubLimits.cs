using NetCore.Framing;

namespace NetCore.PubSub;

/// <summary>The bounds of topics and subscriptions, each with its derivation.</summary>
public static class PubSubLimits
{
    /// <summary>Bytes of a topic or pattern in UTF-8: its length is one byte of a header.</summary>
    public const int MaxTopicBytes = 255;

    /// <summary>Levels of a topic or pattern: more than people can read; it bounds the work of a match.</summary>
    public const int MaxLevels = 16;

    /// <summary>
    /// Levels of a pattern that are <c>*</c>: 4, so that <see cref="MaxMatchSteps"/> bounds every match.
    /// </summary>
    public const int MaxWildcards = 4;

    /// <summary>
    /// Nodes that one match visits at most: on each level d of 0 to 16 those prefixes of a topic in which at most 4
    /// levels are <c>*</c>, C(d,0) + ... + C(d,4), which makes 9,401; and behind those of up to 15 levels a
    /// <c>&gt;</c>, 6,884. A match that needs more is a defect.
    /// </summary>
    public const int MaxMatchSteps = 9401 + 6884;

    /// <summary>
    /// Subscriptions of one connection: 1,000, with empty queues 0.5 MB; whoever needs more topics has wildcards.
    /// </summary>
    public const int MaxSubscriptionsPerConnection = 1000;

    /// <summary>
    /// Default for subscriptions of a broker: 250,000, which with their places in the tree take about 200 MB.
    /// </summary>
    public const int DefaultMaxSubscriptions = 250_000;

    /// <summary>
    /// Default for topics that a broker remembers: 64 Ki, at 500 bytes each 32 MB. Of those that keep no messages the
    /// ones that were used least recently are forgotten.
    /// </summary>
    public const int DefaultMaxTopics = 64 * 1024;

    /// <summary>Default for the payload of a message: 1 MiB.</summary>
    public const int DefaultMaxMessageBytes = 1024 * 1024;

    /// <summary>
    /// Upper end for that, 16 MiB: a message may not take more of a 1 GiB budget than a 64th. Above 4 MiB the sessions
    /// of both sides have to take that much too.
    /// </summary>
    public const int MaxMessageBytes = 16 * 1024 * 1024;

    /// <summary>Bytes of a message's key: its length is one byte.</summary>
    public const int MaxKeyBytes = 255;

    /// <summary>
    /// Bytes of all headers of a message, 4 KiB: a record with key and headers still fits a frame beside its topic.
    /// </summary>
    public const int MaxHeadersBytes = 4 * 1024;

    /// <summary>Headers of a message: 32, which at 4 KiB have 128 bytes each; a search looks at all of them.</summary>
    public const int MaxHeaders = 32;

    /// <summary>Default for the messages that wait for a subscription at the broker: 64 Ki.</summary>
    public const int DefaultMaxItems = 64 * 1024;

    /// <summary>Upper end for that: 1 Mi; 100 bytes of bookkeeping each are 100 MB.</summary>
    public const int MaxItems = 1024 * 1024;

    /// <summary>Default for the bytes that wait for a subscription at the broker: 4 MiB.</summary>
    public const int DefaultMaxBytes = 4 * 1024 * 1024;

    /// <summary>Upper end for that: 256 MiB, a quarter of the default byte budget.</summary>
    public const int MaxBytes = 256 * 1024 * 1024;

    /// <summary>
    /// The blocks that a queue keeps alive may have so many times the bytes that wait in it: messages of other topics
    /// lie between its own. Above that the overflow rule applies, so that small messages do not keep large blocks.
    /// </summary>
    public const int PinnedFactor = 4;

    /// <summary>Blocks beside that: two large ones, for a queue that is nearly empty.</summary>
    public const int PinnedSlackBytes = 64 * 1024;

    /// <summary>
    /// Default for the bytes that a subscriber takes ahead of what it has handled, 1 MiB: 2 million messages of 128
    /// bytes a second for 4 ms, which is longer than a time slice.
    /// </summary>
    public const int DefaultWindowBytes = 1024 * 1024;

    /// <summary>Upper end for a window: that of a session.</summary>
    public const int MaxWindowBytes = 16 * 1024 * 1024;

    /// <summary>
    /// Bytes that a publisher may have outstanding, which the broker has neither given to its queues nor refused: 1 MiB
    /// for the same reason. They are what a topic that blocks can make the broker keep for one connection.
    /// </summary>
    public const int PublishWindowBytes = 1024 * 1024;

    /// <summary>
    /// Bytes that a broker sends ahead of what has arrived, to all subscriptions of a connection together: 4 MiB,
    /// four busy subscriptions. They are what waits for a peer that does not read.
    /// </summary>
    public const int DeliveryWindowBytes = 4 * 1024 * 1024;

    /// <summary>
    /// What a message of the stream counts in these two windows beside its bytes, 1 KiB: a small block and its objects.
    /// </summary>
    public const int MessageCharge = 1024;

    /// <summary>What a block counts in a subscription's window beside its records, 64: its entry there.</summary>
    public const int BlockCharge = 64;

    /// <summary>
    /// A window is returned in quarters: few messages, and three quarters are always there to send into.
    /// </summary>
    public const int GrantDivisor = 4;

    /// <summary>Bytes of a message that consists of blocks: one frame, so that it lies in one piece.</summary>
    public const int MaxBlocksBytes = FramingLimits.MaxPayloadBytes;

    /// <summary>
    /// Records up to here are copied behind their header, longer ones linked: the bound of the session for the same.
    /// </summary>
    public const int CopyBytes = Session.SessionLimits.CopyIntoBatchBytes;

    /// <summary>
    /// A publisher that has sent nothing for so long sends at once, in microseconds: 50, a few times the cost of a
    /// send.
    /// </summary>
    public const int IdleMicroseconds = 50;

    /// <summary>
    /// Full batches in a row after which the last message waits for the timer instead of a work item: 4, about 400
    /// messages of 128 bytes without a pause.
    /// </summary>
    public const int FloodBatches = 4;

    /// <summary>Longest that a message of such a flood waits for its batch to fill, in milliseconds.</summary>
    public const int LingerMilliseconds = 1;

    /// <summary>Default time for a publish to be taken, in milliseconds: 30 s, as for calls.</summary>
    public const int DefaultPublishTimeoutMilliseconds = 30_000;

    /// <summary>Default time for a broker to answer a client that comes or subscribes: 30 s, as for calls.</summary>
    public const int DefaultAnswerTimeoutMilliseconds = 30_000;

    /// <summary>Longest time for either, in milliseconds: 24 h.</summary>
    public const int MaxPublishTimeoutMilliseconds = 24 * 60 * 60 * 1000;

    /// <summary>
    /// Publishes of one client that wait for room, or for their acknowledgement: 64 Ki, twice what a window holds of
    /// messages of 32 bytes.
    /// </summary>
    public const int MaxWaitingPublishes = 64 * 1024;

    /// <summary>
    /// Gaps of different topics that a queue keeps side by side; further topics are counted together.
    /// </summary>
    public const int MaxGapTopics = 16;

    /// <summary>Topics whose positions a subscriber keeps and can come back with.</summary>
    public const int MaxPositions = 1000;

    /// <summary>Default for the messages of a replay buffer where a topic has one.</summary>
    public const int DefaultReplayMessages = 1000;

    /// <summary>Upper end for that: 1 Mi, as for the queue of a subscription, which it is.</summary>
    public const int MaxReplayMessages = 1024 * 1024;

    /// <summary>Default for the bytes of a replay buffer: 1 MiB.</summary>
    public const int DefaultReplayBytes = 1024 * 1024;

    /// <summary>Keys of which a topic keeps the last value: 10,000, at a small block each 13 MB.</summary>
    public const int MaxLastValues = 10_000;

    /// <summary>Default for the bytes of all last values of a topic: 4 MiB.</summary>
    public const int DefaultLastValueBytes = 4 * 1024 * 1024;

    /// <summary>Subscribing and unsubscribing that a connection may do at once: all its subscriptions, twice.</summary>
    public const int SubscribeBurst = 4 * MaxSubscriptionsPerConnection;

    /// <summary>
    /// And per second in the long run: each makes the broker match the topics in use again, 500 x 2 us x 1,000 topics
    /// are a core.
    /// </summary>
    public const int SubscribesPerSecond = 500;

    /// <summary>Answers that wait for a peer that does not read before its stream is reset.</summary>
    public const int MaxReplies = 2 * SubscribeBurst;

    /// <summary>Operation objects that a client or broker keeps for reuse.</summary>
    public const int RetainedOperations = 1024;

    /// <summary>Time for what was published to reach the broker when a client is disposed, in milliseconds.</summary>
    public const int LingerOnDisposeMilliseconds = 1000;

    /// <summary>Time after which work that found no memory is tried again, in milliseconds.</summary>
    public const int NoMemoryRetryMilliseconds = 10;

    /// <summary>Version of this protocol; before 1.0 there is one, and both sides must have it.</summary>
    public const int Version = 1;
}
