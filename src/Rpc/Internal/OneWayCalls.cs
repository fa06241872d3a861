using Microsoft.Extensions.Logging;
using Microsoft.Extensions.ObjectPool;
using NetCore.Core;
using NetCore.Session;

namespace NetCore.Rpc.Internal;

/// <summary>The one-way calls of one client that are open, counted; their objects are the world's.</summary>
internal sealed class OneWayCalls(World world, PeerSession session)
{
    private readonly ObjectPool<OneWayCall> _calls = world.GetOrAdd(static _ => new Pool()).Calls;
    private int _open;

    public PeerSession Session => session;

    public TimerWheel Timers => world.Timers;

    public ILogger Logger => world.LoggerFactory.CreateLogger("NetCore.Rpc");

    /// <summary>Some were taken and the server is not done with them.</summary>
    public bool AnyOpen => Volatile.Read(ref _open) > 0;

    public OneWayCall Rent()
    {
        Interlocked.Increment(ref _open);
        var call = _calls.Get();
        call.Begin(this);
        return call;
    }

    public void Give(OneWayCall call)
    {
        _calls.Return(call);
        Interlocked.Decrement(ref _open);
    }

    private sealed class Pool : PooledObjectPolicy<OneWayCall>
    {
        public Pool() => Calls = new DefaultObjectPool<OneWayCall>(this, RpcLimits.RetainedCalls);

        public ObjectPool<OneWayCall> Calls { get; }

        public override OneWayCall Create() => new();

        public override bool Return(OneWayCall obj) => true;
    }
}
