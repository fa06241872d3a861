using NetCore.Core;
using NetCore.PubSub.Internal;
using NetCore.Session;
using NetCore.Transport;

namespace NetCore.PubSub;

/// <summary>How a broker listens and what it allows. Validated when set.</summary>
public sealed record BrokerOptions
{
    /// <summary>Where it lives. Default: <see cref="World.Default"/>.</summary>
    public World World { get; init; } = World.Default;

    /// <summary>How it listens. Default (null): the world's transports, chosen by the address's scheme.</summary>
    public ITransport? Transport { get; init; }

    /// <summary>Backlog and the like. Default: see <see cref="ListenOptions"/>.</summary>
    public ListenOptions Listen { get; init; } = new();

    /// <summary>
    /// Windows, limits, keep-alive of the connections of its own listener. Default: see <see cref="SessionOptions"/>,
    /// with windows of 2 MiB for a stream and 4 MiB for a connection.
    /// </summary>
    public SessionOptions Session { get; init; } = TopicSessions.Options;

    /// <summary>What holds for which topics; the first rule that matches counts. Default: none.</summary>
    public IReadOnlyList<TopicRule> Topics { get; init; } = [];

    /// <summary>Longest payload of a message, in bytes. Default: 1 MiB; 1 to 16 MiB.</summary>
    public int MaxMessageBytes
    {
        get;
        init => field = Checked.InRange(value, 1, PubSubLimits.MaxMessageBytes);
    } = PubSubLimits.DefaultMaxMessageBytes;

    /// <summary>Topics that it remembers. Default: 65,536; 1 to 16 Mi.</summary>
    public int MaxTopics
    {
        get;
        init => field = Checked.InRange(value, 1, 16 * 1024 * 1024);
    } = PubSubLimits.DefaultMaxTopics;

    /// <summary>Subscriptions of all connections together. Default: 250,000; 1 to 10,000,000.</summary>
    public int MaxSubscriptions
    {
        get;
        init => field = Checked.InRange(value, 1, 10_000_000);
    } = PubSubLimits.DefaultMaxSubscriptions;

    /// <summary>Connections of its own listener served at once. Default: 10,000; 1 to 1,000,000.</summary>
    public int MaxConnections
    {
        get;
        init => field = Checked.InRange(value, 1, 1_000_000);
    } = 10_000;
}
