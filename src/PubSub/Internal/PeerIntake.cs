using System.Buffers.Binary;
using System.Text;
using NetCore.Core;
using NetCore.Session;
using NetCore.Transport;

namespace NetCore.PubSub.Internal;

/// <summary>Reads what a client sends to the broker, and acts on it. Receive callbacks only, but for the end.</summary>
internal sealed class PeerIntake(BrokerPeer peer, FlushList touched)
{
    private readonly Lock _lock = new();
    private readonly SliceArena _arena = new(peer.Core.World.Blocks, "published messages");
    private readonly RateBucket _requests = new(
        PubSubLimits.SubscribeBurst, PubSubLimits.SubscribesPerSecond, peer.Core.World.Timers.Now);

    private BrokerTopic? _topic;
    private bool _dropped;

    public void Trim()
    {
        lock (_lock)
        {
            _arena.Trim();
        }
    }

    public void Drop()
    {
        lock (_lock)
        {
            _dropped = true;
            _arena.Drop();
        }
    }

    /// <summary>Takes a message; the fault of it when it breaks the protocol.</summary>
    public PubSubErrorCode Take(in IncomingMessage message)
    {
        lock (_lock)
        {
            return _dropped ? PubSubErrorCode.None
                : message.IsContiguous ? TakeBlocks(in message) : TakeLong(in message);
        }
    }

    private PubSubErrorCode TakeBlocks(in IncomingMessage message)
    {
        var bytes = message.Span;
        var charge = PubSubLimits.MessageCharge;
        for (var offset = 0; offset < bytes.Length;)
        {
            var rest = bytes[offset..];
            if (!BlockHead.TryRead(rest, rest.Length, out var head))
            {
                return PubSubErrorCode.ProtocolViolation;
            }

            var block = rest[..head.Length];
            if (head.Kind == BlockKind.Publish)
            {
                charge += head.Length;
            }

            var fault = peer.Output.IsAttached == (head.Kind != BlockKind.Attach)
                ? TakeBlock(in message, offset, block, in head, charge)
                : PubSubErrorCode.ProtocolViolation;
            if (fault != PubSubErrorCode.None)
            {
                return fault;
            }

            if (peer.Output.HasTooManyAnswers)
            {
                return PubSubErrorCode.TooMany;
            }

            charge = head.Kind == BlockKind.Publish ? 0 : charge;
            offset += head.Length;
        }

        return PubSubErrorCode.None;
    }

    // A message that does not lie in one piece is one batch of one record.
    private PubSubErrorCode TakeLong(in IncomingMessage message)
    {
        // All but the payload: 4.5 KiB at most.
        Span<byte> room = stackalloc byte[BlockHead.PublishSize + PubSubLimits.MaxTopicBytes + Record.MaxOverhead];
        var beginning = room[..Math.Min(message.Length, room.Length)];
        message.CopyTo(0, beginning);
        return peer.Output.IsAttached && BlockHead.TryRead(beginning, message.Length, out var head)
            && head.Kind == BlockKind.Publish && head.Length == message.Length
            ? Publish(in message, 0, beginning, in head, head.Length + PubSubLimits.MessageCharge)
            : PubSubErrorCode.ProtocolViolation;
    }

    private PubSubErrorCode TakeBlock(
        in IncomingMessage message, int offset, ReadOnlySpan<byte> block, in BlockHead head, int charge)
    {
        switch (head.Kind)
        {
            case BlockKind.Attach:
                return Attach(block);
            case BlockKind.Publish:
                return Publish(in message, offset, block, in head, charge);
            case BlockKind.Subscribe:
                return SubscribeBlock.TryRead(block, in head, out var request) && request.Id != 0
                    ? Subscribe(in request)
                    : PubSubErrorCode.ProtocolViolation;
            case BlockKind.Unsubscribe:
                return Unsubscribe(U32(block, 8));
            case BlockKind.Grant:
                var bytes = U32(block, 12);
                return bytes is > 0 and <= PubSubLimits.MaxWindowBytes + PubSubLimits.MaxMessageBytes * 2
                    && TryGrant(U32(block, 8), bytes)
                    ? PubSubErrorCode.None
                    : PubSubErrorCode.FlowControl;
            default:
                return PubSubErrorCode.ProtocolViolation;
        }
    }

    private PubSubErrorCode Attach(ReadOnlySpan<byte> block)
    {
        var window = U32(block, 12);
        if (U32(block, 8) != PubSubLimits.Version || window is < 1 or > PubSubLimits.MaxWindowBytes)
        {
            return PubSubErrorCode.ProtocolViolation;
        }

        peer.Output.Attach(window);
        touched.Add(peer);
        return PubSubErrorCode.None;
    }

    private PubSubErrorCode Publish(
        in IncomingMessage message, int offset, ReadOnlySpan<byte> block, in BlockHead head, int charge)
    {
        var records = BlockHead.PublishSize + head.TextLength;
        var length = head.Length - records;
        var count = U32(block, 24);
        var wait = U32(block, 12);
        var most = peer.Core.Options.MaxMessageBytes;
        if (count is 0 or > PubSubLimits.MaxBlocksBytes || wait > PubSubLimits.MaxPublishTimeoutMilliseconds
            || block.Length < records
            || (block.Length == head.Length
                ? !Record.AreValid(block[records..], (int)count, most)
                : count != 1 || !Record.IsHeadValid(block[records..], length, most)))
        {
            return PubSubErrorCode.ProtocolViolation;
        }

        if (!peer.Output.TryCharge(charge, begins: charge > head.Length))
        {
            return PubSubErrorCode.FlowControl;
        }

        var ticket = new PublishTicket(
            U32(block, 8),
            (head.Flags & BlockHead.WantsAcknowledgement) != 0,
            peer.Session.ReceivedAt + wait,
            charge);
        var name = block.Slice(BlockHead.PublishSize, head.TextLength);
        var slice = new Slice
        {
            Length = length,
            Count = (int)count,
            Timestamp = BinaryPrimitives.ReadInt64LittleEndian(block[16..]),
        };
        try
        {
            Keep(in message, offset + records, ref slice);
        }
        catch (ByteBudgetExceededException)
        {
            peer.OnResolved(in ticket, 0, slice.Count, PubSubErrorCode.OutOfMemoryBudget);
            touched.Add(peer);
            return PubSubErrorCode.None;
        }

        Publish(name, ref slice, in ticket);
        return PubSubErrorCode.None;
    }

    private void Publish(ReadOnlySpan<byte> name, ref Slice slice, in PublishTicket ticket)
    {
        // Mostly it is the topic of the batch before.
        var topic = _topic;
        while (topic is null || !name.SequenceEqual(topic.Name)
            || !topic.TryPublish(ref slice, peer, in ticket, touched))
        {
            var code = TopicText.Problem(name, isPattern: false) is not null ? PubSubErrorCode.InvalidTopic
                : peer.Core.TryGetTopic(name, out topic) ? PubSubErrorCode.None : PubSubErrorCode.TooManyTopics;
            if (code != PubSubErrorCode.None)
            {
                peer.OnResolved(in ticket, 0, slice.Count, code);
                touched.Add(peer);
                slice.Dispose();
                return;
            }
        }

        _topic = topic;
    }

    private void Keep(in IncomingMessage message, int offset, ref Slice slice)
    {
        if (slice.Length <= TransportLimits.RetainCopyBytes)
        {
            slice.Bytes = new LeasedBytes(_arena.Copy(message.Span.Slice(offset, slice.Length)));
            slice.Chunk = _arena.Block;
            slice.ChunkBytes = CoreLimits.MediumBlockBytes;
        }
        else
        {
            slice.Bytes = message.Retain(offset, slice.Length);
            slice.ChunkBytes = Math.Max(slice.Length, CoreLimits.LargeBlockBytes);
        }
    }

    private PubSubErrorCode Subscribe(in SubscribeBlock request)
    {
        if (!_requests.TryTake(peer.Session.ReceivedAt))
        {
            return PubSubErrorCode.TooMany;
        }

        if (!peer.Output.TryAdd(request.Id, null, out var full))
        {
            return PubSubErrorCode.ProtocolViolation;
        }

        var code = full ? PubSubErrorCode.TooMany : TrySubscribe(in request);
        touched.Add(peer);
        if (code != PubSubErrorCode.None)
        {
            peer.Output.Answer(new Reply(BlockKind.Ended, request.Id, (uint)code));
        }

        return PubSubErrorCode.None;
    }

    private PubSubErrorCode TrySubscribe(in SubscribeBlock request)
    {
        if (TopicText.Problem(request.Pattern, isPattern: true) is not null
            || (!request.Group.IsEmpty && TopicText.OfGroup(request.Group) is not null))
        {
            return PubSubErrorCode.InvalidTopic;
        }

        var pattern = new TopicPattern(Encoding.UTF8.GetString(request.Pattern));
        if (request.Rule == OverflowRule.Block && !peer.Core.MayBlock(pattern))
        {
            return PubSubErrorCode.BlockingNotAllowed;
        }

        var group = request.Group.IsEmpty ? null : Encoding.UTF8.GetString(request.Group);
        var subscription = new BrokerSubscription(peer, in request, pattern, group);
        peer.Output.TryAdd(request.Id, subscription, out _);
        var positions = request.Positions > 0 ? request.ReadPositions() : null;
        var code = peer.Core.Add(subscription, request.Epoch, positions, touched);
        peer.Output.Decide(subscription, code, touched);
        if (code == PubSubErrorCode.None && peer.IsOver)
        {
            // Closed meanwhile by another thread, which may not have seen it.
            peer.Core.Remove(subscription, touched);
        }

        return code;
    }

    private PubSubErrorCode Unsubscribe(uint id)
    {
        if (!_requests.TryTake(peer.Session.ReceivedAt))
        {
            return PubSubErrorCode.TooMany;
        }

        // One that has ended by itself meanwhile is no mistake.
        if (peer.Output.Find(id) is { Ending: null } subscription)
        {
            peer.End(subscription);
        }

        return PubSubErrorCode.None;
    }

    private bool TryGrant(uint id, uint bytes)
    {
        touched.Add(peer);
        return peer.Output.TryGrant(id, bytes);
    }

    private static uint U32(ReadOnlySpan<byte> block, int offset) =>
        BinaryPrimitives.ReadUInt32LittleEndian(block[offset..]);
}
