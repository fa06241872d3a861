using NetCore.PubSub.Internal;

namespace NetCore.PubSub;

/// <summary>What a subscription holds and gives up. Validated when set.</summary>
public sealed record SubscriptionOptions
{
    /// <summary>The defaults.</summary>
    public static SubscriptionOptions Default { get; } = new();

    /// <summary>Messages that may wait for it at the broker. Default: 65,536; 1 to 1,048,576.</summary>
    public int MaxItems
    {
        get;
        init => field = Checked.InRange(value, 1, PubSubLimits.MaxItems);
    } = PubSubLimits.DefaultMaxItems;

    /// <summary>
    /// Bytes of messages that may wait for it at the broker; one that is larger may wait alone. Default: 4 MiB; 1 to
    /// 256 MiB.
    /// </summary>
    public int MaxBytes
    {
        get;
        init => field = Checked.InRange(value, 1, PubSubLimits.MaxBytes);
    } = PubSubLimits.DefaultMaxBytes;

    /// <summary>What happens to messages that have no room there. Default: the oldest are dropped.</summary>
    public OverflowRule Overflow
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)value, (uint)OverflowRule.Disconnect);
            field = value;
        }
    }

    /// <summary>
    /// Bytes that it takes ahead of what it has handled, beside what waits at the broker. Default: 1 MiB; 1 to 16 MiB.
    /// Of 1, it gets one message at a time: for a member of a group whose messages are long work.
    /// </summary>
    public int WindowBytes
    {
        get;
        init => field = Checked.InRange(value, 1, PubSubLimits.MaxWindowBytes);
    } = PubSubLimits.DefaultWindowBytes;

    /// <summary>
    /// The queue group that it is one of: each message is for one member of those with the same pattern and name.
    /// Default (null): none. Rules as for one level of a topic.
    /// </summary>
    public string? Group { get; init; }

    /// <summary>
    /// Where it goes on: <see cref="Subscription.Positions"/> of an earlier one. Default (null): with the next message.
    /// </summary>
    public TopicPositions? ResumeFrom { get; init; }
}
