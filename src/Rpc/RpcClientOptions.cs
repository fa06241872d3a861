using NetCore.Core;
using NetCore.Rpc.Internal;
using NetCore.Session;
using NetCore.Transport;

namespace NetCore.Rpc;

/// <summary>How a client connects and calls.</summary>
public sealed record RpcClientOptions
{
    /// <summary>Where it lives. Default: <see cref="World.Default"/>.</summary>
    public World World { get; init; } = World.Default;

    /// <summary>
    /// How it reaches the server. Default (null): the world's transports, chosen by the address's scheme.
    /// </summary>
    public ITransport? Transport { get; init; }

    /// <summary>Deadline for name resolution and connecting. Default: see <see cref="ConnectOptions"/>.</summary>
    public ConnectOptions Connect { get; init; } = new();

    /// <summary>Windows, limits, keep-alive. Default: see <see cref="SessionOptions"/>.</summary>
    public SessionOptions Session { get; init; } = SessionOptions.Default;

    /// <summary>Deadline of calls that name none. Default: 30 s; 1 ms to <see cref="RpcLimits.MaxTimeout"/>.</summary>
    public TimeSpan DefaultTimeout
    {
        get;
        init => field = CallTimeout.Checked(value, "RpcClientOptions.DefaultTimeout");
    } = TimeSpan.FromMilliseconds(RpcLimits.DefaultTimeoutMilliseconds);

    /// <summary>
    /// Deadline of calls with items that name none. Default: <see cref="RpcLimits.MaxTimeout"/>, 24 h, because such
    /// a call may be a subscription, and a dead peer is found by ping.
    /// </summary>
    public TimeSpan DefaultStreamTimeout
    {
        get;
        init => field = CallTimeout.Checked(value, "RpcClientOptions.DefaultStreamTimeout");
    } = RpcLimits.MaxTimeout;

    /// <summary>
    /// What this side serves to the server over the connection: a generated dispatcher, or an
    /// <see cref="RpcRouter"/> of several. The server calls it by <see cref="IncomingCall.Caller"/>. Default
    /// (null): nothing.
    /// </summary>
    public IDispatcher? Services { get; init; }

    /// <summary>
    /// Where the code after the <c>await</c> of a call runs. Default: <see cref="RpcContinuations.Pool"/>.
    /// </summary>
    public RpcContinuations Continuations
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)value, (uint)RpcContinuations.Reactor);
            field = value;
        }
    }

    /// <summary>
    /// Time after which a continuation that holds up its reactor is reported, while it does: a warning and the counter
    /// <c>netcore.rpc.stalls</c>, once, and within twice this time. Default: 20 ms; 1 ms to 1 h.
    /// </summary>
    public TimeSpan StallThreshold
    {
        get;
        init => field = StallWatch.Checked(value);
    } = TimeSpan.FromMilliseconds(RpcLimits.DefaultStallMilliseconds);
}
