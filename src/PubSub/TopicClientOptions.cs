using NetCore.Core;
using NetCore.PubSub.Internal;
using NetCore.Session;
using NetCore.Transport;

namespace NetCore.PubSub;

/// <summary>How a client reaches its broker.</summary>
public sealed record TopicClientOptions
{
    /// <summary>Where it lives. Default: <see cref="World.Default"/>.</summary>
    public World World { get; init; } = World.Default;

    /// <summary>
    /// How it reaches the broker. Default (null): the world's transports, chosen by the address's scheme.
    /// </summary>
    public ITransport? Transport { get; init; }

    /// <summary>Deadline for name resolution and connecting. Default: see <see cref="ConnectOptions"/>.</summary>
    public ConnectOptions Connect { get; init; } = new();

    /// <summary>
    /// Longest that the broker may take to answer, once connected: when the client comes, to each subscribe, and
    /// when either ends. Default: 30 s; 1 ms to 24 h.
    /// </summary>
    public TimeSpan AnswerTimeout
    {
        get;
        init => field = Checked.InRange(value, 1, PubSubLimits.MaxPublishTimeoutMilliseconds);
    } = TimeSpan.FromMilliseconds(PubSubLimits.DefaultAnswerTimeoutMilliseconds);

    /// <summary>
    /// Windows, limits, keep-alive. Default: see <see cref="SessionOptions"/>, with windows of 2 MiB for a stream and
    /// 4 MiB for a connection.
    /// </summary>
    public SessionOptions Session { get; init; } = TopicSessions.Options;
}
