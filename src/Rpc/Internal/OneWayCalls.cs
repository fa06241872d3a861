using Microsoft.Extensions.Logging;
using Microsoft.Extensions.ObjectPool;
using NetCore.Core;
using NetCore.Session;

namespace NetCore.Rpc.Internal;

/// <summary>The one-way calls of one client: those that are open, counted, and those that can be used again.</summary>
internal sealed class OneWayCalls : PooledObjectPolicy<OneWayCall>
{
    private readonly DefaultObjectPool<OneWayCall> _calls;
    private int _open;

    public OneWayCalls(World world, PeerSession session)
    {
        Session = session;
        Timers = world.Timers;
        Logger = world.LoggerFactory.CreateLogger("NetCore.Rpc");
        _calls = new DefaultObjectPool<OneWayCall>(this, RpcLimits.RetainedCalls);
    }

    public PeerSession Session { get; }

    public TimerWheel Timers { get; }

    public ILogger Logger { get; }

    /// <summary>Some were taken and the server is not done with them.</summary>
    public bool AnyOpen => Volatile.Read(ref _open) > 0;

    public OneWayCall Rent()
    {
        Interlocked.Increment(ref _open);
        return _calls.Get();
    }

    public void Give(OneWayCall call)
    {
        _calls.Return(call);
        Interlocked.Decrement(ref _open);
    }

    public override OneWayCall Create() => new(this);

    public override bool Return(OneWayCall obj) => true;
}
