using Microsoft.Extensions.Logging;
using Microsoft.Extensions.ObjectPool;
using NetCore.Core;

namespace NetCore.Rpc.Internal;

/// <summary>What the calls of one server share.</summary>
internal sealed class ServerWorld : PooledObjectPolicy<ServerCall>
{
    public ServerWorld(IDispatcher dispatcher, RpcServerOptions options)
    {
        World = options.World;
        Dispatcher = dispatcher;
        Router = dispatcher as RpcRouter ?? new RpcRouter([dispatcher]);
        ExposeExceptionMessages = options.ExposeExceptionMessages;
        ConcurrencyPerConnection = options.ConcurrencyPerConnection;
        Logger = World.LoggerFactory.CreateLogger("NetCore.Rpc");
        Calls = new DefaultObjectPool<ServerCall>(this, RpcLimits.RetainedCalls);
    }

    public World World { get; }

    public IDispatcher Dispatcher { get; }

    public RpcRouter Router { get; }

    public bool ExposeExceptionMessages { get; }

    public int ConcurrencyPerConnection { get; }

    public ILogger Logger { get; }

    public ObjectPool<ServerCall> Calls { get; }

    public override ServerCall Create() => new(this);

    public override bool Return(ServerCall obj) => true;
}
