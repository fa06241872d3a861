using Microsoft.Extensions.ObjectPool;
using NetCore.Core;

namespace NetCore.Session.Internal;

/// <summary>The message objects of one world; their memory comes and goes with each use.</summary>
internal sealed class MessagePool : PooledObjectPolicy<OutgoingMessage>
{
    private readonly DefaultObjectPool<OutgoingMessage> _messages;

    private MessagePool(World world)
    {
        Blocks = world.Blocks;
        _messages = new DefaultObjectPool<OutgoingMessage>(this, SessionLimits.RetainedMessages);
    }

    public BlockPool Blocks { get; }

    public static MessagePool Of(World world) => world.GetOrAdd(static w => new MessagePool(w));

    public OutgoingMessage Rent()
    {
        var message = _messages.Get();
        message.Activate();
        return message;
    }

    public override OutgoingMessage Create() => new(this);

    public override bool Return(OutgoingMessage obj) => true;

    public void Give(OutgoingMessage message) => _messages.Return(message);
}
