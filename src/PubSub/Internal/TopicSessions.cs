using NetCore.Session;

namespace NetCore.PubSub.Internal;

/// <summary>The sessions of those who have them for topics alone.</summary>
internal static class TopicSessions
{
    /// <summary>
    /// All topics of a connection are one stream: half of what a broker sends ahead (4 MiB) may be under way on it.
    /// </summary>
    public static SessionOptions Options { get; } = new()
    {
        StreamWindowBytes = PubSubLimits.DeliveryWindowBytes / 2,
        ConnectionWindowBytes = PubSubLimits.DeliveryWindowBytes,
    };
}
