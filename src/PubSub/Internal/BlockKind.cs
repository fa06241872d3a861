namespace NetCore.PubSub.Internal;

/// <summary>What a block of a message says. Below 16 to the broker, above from it.</summary>
internal enum BlockKind : byte
{
    Attach = 1,
    Publish = 2,
    Subscribe = 3,
    Unsubscribe = 4,
    Grant = 5,

    Attached = 17,
    Taken = 18,
    Accepted = 19,
    Refused = 20,
    Subscribed = 21,
    Ended = 22,
    Deliver = 23,
    Gap = 24,
}
