using System.Runtime.CompilerServices;
using Microsoft.Extensions.ObjectPool;
using NetCore.Core;

namespace NetCore.Rpc.Internal;

/// <summary>The call objects of all clients of a world for one type of response, by their executors.</summary>
/// <remarks>A pool of each client cost it 1.4 KiB, which is more than the rest of a client that waits.</remarks>
internal sealed class ClientCallPools<TResponse> : PooledObjectPolicy<ClientCall<TResponse>>
{
    private readonly ConditionalWeakTable<IExecutor, ClientCallPool<TResponse>> _pools = [];
    private readonly DefaultObjectPool<ClientCall<TResponse>> _shared;

    private ClientCallPools() =>
        _shared = new DefaultObjectPool<ClientCall<TResponse>>(this, RpcLimits.RetainedCalls);

    public static ClientCallPool<TResponse> Of(World world, IExecutor executor)
    {
        var pools = world.GetOrAdd(static _ => new ClientCallPools<TResponse>());
        return pools._pools.GetValue(executor, key => new ClientCallPool<TResponse>(pools._shared, key));
    }

    public override ClientCall<TResponse> Create() => new();

    public override bool Return(ClientCall<TResponse> obj) => true;
}
