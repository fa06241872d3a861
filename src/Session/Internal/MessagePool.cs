using System.Runtime.CompilerServices;
using Microsoft.Extensions.ObjectPool;
using NetCore.Core;

namespace NetCore.Session.Internal;

/// <summary>
/// The message objects of one world's sessions on one executor; their memory comes and goes with each use.
/// </summary>
internal sealed class MessagePool
{
    private readonly ObjectPool<OutgoingMessage> _shared;
    private readonly LocalStack<OutgoingMessage> _local;

    private MessagePool(World world, ObjectPool<OutgoingMessage> shared, IExecutor executor)
    {
        _shared = shared;
        _local = new LocalStack<OutgoingMessage>(executor, SessionLimits.FramesPerGate);
        Blocks = world.Blocks.CacheOf(executor);
    }

    public BlockCache Blocks { get; }

    public static MessagePool Of(World world, IExecutor executor) =>
        world.GetOrAdd(static _ => new Pools()).Of(world, executor);

    public OutgoingMessage Rent()
    {
        var message = _local.TryPop(out var own) ? own : _shared.Get();
        message.Activate(this);
        return message;
    }

    public void Give(OutgoingMessage message)
    {
        if (!_local.TryPush(message))
        {
            _shared.Return(message);
        }
    }

    private sealed class Pools : PooledObjectPolicy<OutgoingMessage>
    {
        private readonly ConditionalWeakTable<IExecutor, MessagePool> _pools = [];
        private readonly ObjectPool<OutgoingMessage> _shared;

        public Pools() => _shared = new DefaultObjectPool<OutgoingMessage>(this, SessionLimits.RetainedMessages);

        public MessagePool Of(World world, IExecutor executor) =>
            _pools.GetValue(executor, key => new MessagePool(world, _shared, key));

        public override OutgoingMessage Create() => new();

        public override bool Return(OutgoingMessage obj) => true;
    }
}
