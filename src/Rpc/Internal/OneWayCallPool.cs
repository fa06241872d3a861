using Microsoft.Extensions.ObjectPool;

namespace NetCore.Rpc.Internal;

/// <summary>The one-way calls of one client.</summary>
internal sealed class OneWayCallPool : PooledObjectPolicy<OneWayCall>
{
    private OneWayCallPool() => Calls = new DefaultObjectPool<OneWayCall>(this, RpcLimits.RetainedCalls);

    private DefaultObjectPool<OneWayCall> Calls { get; }

    public static ObjectPool<OneWayCall> Make() => new OneWayCallPool().Calls;

    public override OneWayCall Create() => new(Calls);

    public override bool Return(OneWayCall obj) => true;
}
