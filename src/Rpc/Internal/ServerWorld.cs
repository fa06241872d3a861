using Microsoft.Extensions.Logging;
using Microsoft.Extensions.ObjectPool;
using NetCore.Core;

namespace NetCore.Rpc.Internal;

/// <summary>What the calls of one server share.</summary>
internal sealed class ServerWorld : PooledObjectPolicy<ServerCall>
{
    private readonly RpcLane? _lane;

    public ServerWorld(IDispatcher dispatcher, RpcServerOptions options)
    {
        World = options.World;
        Dispatcher = dispatcher;
        Router = dispatcher as RpcRouter ?? new RpcRouter([dispatcher]);
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
        Calls = new DefaultObjectPool<ServerCall>(this, RpcLimits.RetainedCalls);
    }

    public World World { get; }

    public IDispatcher Dispatcher { get; }

    public RpcRouter Router { get; }

    public bool ExposeExceptionMessages { get; }

    public int ConcurrencyPerConnection { get; }

    public ILogger Logger { get; }

    public RpcMetrics Metrics { get; }

    /// <summary>Watches the inline methods.</summary>
    public StallWatch Stalls { get; }

    public ObjectPool<ServerCall> Calls { get; }

    public bool IsInline(RpcMethod method) => (_lane ?? method.Lane) == RpcLane.Inline;

    public override ServerCall Create() => new(this);

    public override bool Return(ServerCall obj) => true;
}
