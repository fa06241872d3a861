using Microsoft.Extensions.ObjectPool;
using NetCore.Core;

namespace NetCore.Rpc.Internal;

/// <summary>The call objects of one server, for the connections of one executor.</summary>
internal sealed class ServerCallPool(ObjectPool<ServerCall> shared, IExecutor executor)
{
    private readonly LocalStack<ServerCall> _local = new(executor, RpcLimits.RetainedLocalCalls);

    public ServerCall Rent() => _local.TryPop(out var call) ? call : shared.Get();

    public void Give(ServerCall call)
    {
        if (!_local.TryPush(call))
        {
            shared.Return(call);
        }
    }
}
