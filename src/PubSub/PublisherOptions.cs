using NetCore.PubSub.Internal;

namespace NetCore.PubSub;

/// <summary>How a publisher publishes. Validated when set.</summary>
public sealed record PublisherOptions
{
    /// <summary>The defaults.</summary>
    public static PublisherOptions Default { get; } = new();

    /// <summary>What <c>PublishAsync</c> waits for. Default: nothing but room.</summary>
    public PublishAcknowledgement Acknowledgement
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)value, (uint)PublishAcknowledgement.Accepted);
            field = value;
        }
    }

    /// <summary>
    /// Longest that a publish waits for room and for its acknowledgement, and that the broker parks it where
    /// subscribers may block. Default: 30 s; 1 ms to 24 h.
    /// </summary>
    public TimeSpan Timeout
    {
        get;
        init => field = Checked.InRange(value, 1, PubSubLimits.MaxPublishTimeoutMilliseconds);
    } = TimeSpan.FromMilliseconds(PubSubLimits.DefaultPublishTimeoutMilliseconds);
}
