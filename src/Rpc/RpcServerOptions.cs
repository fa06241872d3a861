using NetCore.Core;
using NetCore.Rpc.Internal;
using NetCore.Session;
using NetCore.Transport;

namespace NetCore.Rpc;

/// <summary>How a server listens and serves.</summary>
public sealed record RpcServerOptions
{
    /// <summary>Where it lives. Default: <see cref="World.Default"/>.</summary>
    public World World { get; init; } = World.Default;

    /// <summary>How it listens. Default (null): the world's transports, chosen by the address's scheme.</summary>
    public ITransport? Transport { get; init; }

    /// <summary>Backlog and the like. Default: see <see cref="ListenOptions"/>.</summary>
    public ListenOptions Listen { get; init; } = new();

    /// <summary>
    /// Further upper protocols that are served on the same connections, a broker of topics for example. Default: none.
    /// </summary>
    public IReadOnlyList<ISessionProtocol> Protocols { get; init; } = [];

    /// <summary>Windows, limits, keep-alive. Default: see <see cref="SessionOptions"/>.</summary>
    public SessionOptions Session { get; init; } = SessionOptions.Default;

    /// <summary>
    /// Handlers that run at once for one connection; further calls wait, within the session's limit of streams. An
    /// inline call counts from the moment at which it goes async; while as many handlers run, further inline calls wait
    /// with the others and start in the pool. Default: 256; 1 to 65,536.
    /// </summary>
    public int ConcurrencyPerConnection
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, SessionLimits.MaxStreams);
            field = value;
        }
    } = RpcLimits.DefaultConcurrencyPerConnection;

    /// <summary>
    /// Where all methods start, whatever they say themselves: for measurements, and for services that know what all
    /// their handlers do. Default (null): as <see cref="RpcMethod.Lane"/> says.
    /// </summary>
    public RpcLane? Lane
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)value.GetValueOrDefault(), (uint)RpcLane.Inline);
            field = value;
        }
    }

    /// <summary>
    /// Time after which an inline method that holds up its thread is reported, while it does: a warning and the counter
    /// <c>netcore.rpc.stalls</c>, once, and within twice this time. Default: 20 ms; 1 ms to 1 h.
    /// </summary>
    public TimeSpan StallThreshold
    {
        get;
        init => field = StallWatch.Checked(value);
    } = TimeSpan.FromMilliseconds(RpcLimits.DefaultStallMilliseconds);

    /// <summary>Connections served at once; further ones are closed at once. Default: 10,000; 1 to 1,000,000.</summary>
    public int MaxConnections
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 1_000_000);
            field = value;
        }
    } = RpcLimits.DefaultMaxConnections;

    /// <summary>
    /// Whether the message of an exception that a handler throws is told to the caller. Default: false, the caller
    /// learns only its type, because messages may hold what outsiders must not read; the log of the
    /// <see cref="World"/> has it all. An <see cref="RpcException"/> is always told.
    /// </summary>
    public bool ExposeExceptionMessages { get; init; }

    /// <summary>Time that <see cref="RpcServer.DisposeAsync"/> gives calls to end. Default: 5 s; 1 ms to 1 h.</summary>
    public TimeSpan StopTimeout
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.FromMilliseconds(1));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, TimeSpan.FromHours(1));
            field = value;
        }
    } = TimeSpan.FromSeconds(5);
}
