using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.ObjectPool;
using NetCore.Core;
using NetCore.Session;

namespace NetCore.Rpc.Internal;

/// <summary>What the calls of one server, or of one client that serves, share.</summary>
internal sealed class ServerWorld : PooledObjectPolicy<ServerCall>
{
    private readonly ConditionalWeakTable<IExecutor, ServerCallPool> _calls = [];
    private readonly ObjectPool<ServerCall> _shared;
    private readonly RpcLane? _lane;

    /// <summary>Creates it.</summary>
    /// <param name="dispatcher">Null when each session has one of its own.</param>
    /// <param name="options">How it serves.</param>
    public ServerWorld(IDispatcher? dispatcher, RpcServerOptions options)
    {
        World = options.World;
        Dispatcher = dispatcher;
        Router = dispatcher is null ? null : dispatcher as RpcRouter ?? new RpcRouter([dispatcher]);
        Quarter = options.Session.StreamWindowBytes / SessionLimits.GrantDivisor;
        ExposeExceptionMessages = options.ExposeExceptionMessages;
        ConcurrencyPerConnection = options.ConcurrencyPerConnection;
        _lane = options.Lane;
        Logger = World.LoggerFactory.CreateLogger("NetCore.Rpc");
        Metrics = World.GetOrAdd(static _ => new RpcMetrics());
        var milliseconds = (long)options.StallThreshold.TotalMilliseconds;
        Stalls = new StallWatch(World, options.StallThreshold, method =>
        {
            Metrics.Stalled(method, "inline");
            RpcLog.InlineStalls(Logger, method, milliseconds);
        });
        _shared = new DefaultObjectPool<ServerCall>(this, RpcLimits.RetainedCalls);
    }

    public World World { get; }

    public IDispatcher? Dispatcher { get; }

    public RpcRouter? Router { get; }

    /// <summary>Bytes after which the consumer of a stream reports.</summary>
    public int Quarter { get; }

    public bool ExposeExceptionMessages { get; }

    public int ConcurrencyPerConnection { get; }

    public ILogger Logger { get; }

    public RpcMetrics Metrics { get; }

    /// <summary>Watches the inline methods.</summary>
    public StallWatch Stalls { get; }

    /// <summary>The call objects, for the connections of one executor.</summary>
    public ServerCallPool CallsOf(IExecutor executor) =>
        _calls.GetValue(executor, key => new ServerCallPool(_shared, key));

    public bool IsInline(RpcMethod method) => (_lane ?? method.Lane) == RpcLane.Inline;

    public override ServerCall Create() => new(this);

    public override bool Return(ServerCall obj) => true;
}
