using NetCore.PubSub.Internal;

namespace NetCore.PubSub;

/// <summary>What the owner of topics says about those that a pattern matches. Validated when set.</summary>
public sealed record TopicRule
{
    /// <summary>Creates a rule.</summary>
    /// <param name="topics">For which topics it holds; the first rule of a broker that matches a topic counts.</param>
    public TopicRule(TopicPattern topics)
    {
        ArgumentNullException.ThrowIfNull(topics);
        Topics = topics;
    }

    /// <summary>For which topics it holds.</summary>
    public TopicPattern Topics { get; }

    /// <summary>
    /// Whether the broker keeps the last message of each key (one without a key counts as a key of its own), and sends
    /// them to who subscribes, before what comes live. An empty payload removes its key. Default: false.
    /// </summary>
    public bool KeepsLastValues { get; init; }

    /// <summary>Most bytes of the last values of one topic. Default: 4 MiB; 1 KiB to 256 MiB.</summary>
    public int LastValueBytes
    {
        get;
        init => field = Checked.InRange(value, 1024, PubSubLimits.MaxBytes);
    } = PubSubLimits.DefaultLastValueBytes;

    /// <summary>
    /// Messages that the broker keeps for subscribers that come back. Default: 0, none; up to 1 Mi. See
    /// <see cref="PubSubLimits.DefaultReplayMessages"/> for a start.
    /// </summary>
    public int ReplayMessages
    {
        get;
        init => field = Checked.InRange(value, 0, PubSubLimits.MaxReplayMessages);
    }

    /// <summary>Most bytes of these, for each topic. Default: 1 MiB; 1 KiB to 256 MiB.</summary>
    public int ReplayBytes
    {
        get;
        init => field = Checked.InRange(value, 1024, PubSubLimits.MaxBytes);
    } = PubSubLimits.DefaultReplayBytes;

    /// <summary>
    /// Whether subscribers may make publishers wait (<see cref="OverflowRule.Block"/>). Default: false.
    /// </summary>
    public bool AllowBlocking { get; init; }
}
