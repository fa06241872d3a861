using NetCore.Core;
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

    /// <summary>Windows, limits, keep-alive. Default: see <see cref="SessionOptions"/>.</summary>
    public SessionOptions Session { get; init; } = SessionOptions.Default;

    /// <summary>
    /// Handlers that run at once for one connection; further calls wait, within the session's limit of streams.
    /// Default: 256; 1 to 65,536.
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
