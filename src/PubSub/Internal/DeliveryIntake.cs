using System.Buffers.Binary;
using NetCore.Session;

namespace NetCore.PubSub.Internal;

/// <summary>Reads what a broker sends to its client. Receive callbacks only.</summary>
internal sealed class DeliveryIntake(ClientStream stream)
{
    private readonly TopicStrings _topics = new();

    // Records that the next message is to bring.
    private Delivery _announced;
    private uint _announcedFor;
    private bool _announces;
    private bool _attached;

    /// <summary>False when the message breaks the protocol.</summary>
    public bool TryTake(in IncomingMessage message)
    {
        if (_announces)
        {
            _announces = false;
            return TryDeliver(_announcedFor, in _announced, in message, 0, message.Length);
        }

        if (!message.IsContiguous)
        {
            return false;
        }

        var bytes = message.Span;
        for (var offset = 0; offset < bytes.Length;)
        {
            var rest = bytes[offset..];
            if (_announces || !BlockHead.TryRead(rest, rest.Length, out var head)
                || _attached == (head.Kind == BlockKind.Attached)
                || !TryTake(in message, offset, rest[..head.Length], in head))
            {
                return false;
            }

            offset += head.Length;
        }

        return true;
    }

    private bool TryTake(in IncomingMessage message, int offset, ReadOnlySpan<byte> block, in BlockHead head)
    {
        switch (head.Kind)
        {
            case BlockKind.Attached:
                return TryAttach(block);
            case BlockKind.Taken:
                stream.Outbox.OnTaken(U32(block, 8));
                return true;
            case BlockKind.Accepted:
                stream.Outbox.OnAccepted(U32(block, 8), U32(block, 12));
                return true;
            case BlockKind.Refused:
                var code = (PubSubErrorCode)U32(block, 12);
                PubSubLog.Refused(stream.Logger, U32(block, 20), code);
                stream.Outbox.OnRefused(
                    U32(block, 8), code, (int)Math.Min(U32(block, 16), int.MaxValue), U32(block, 20));
                return true;
            case BlockKind.Subscribed:
                stream.Find(U32(block, 8))?.Started.TrySetResult(true);
                return true;
            case BlockKind.Ended:
                stream.OnSubscriptionEnded(U32(block, 8), (PubSubErrorCode)U32(block, 12));
                return true;
            case BlockKind.Deliver:
                return TryTakeDelivery(in message, offset, block, in head);
            case BlockKind.Gap:
                return TryTakeGap(block, in head);
            default:
                return false;
        }
    }

    private bool TryAttach(ReadOnlySpan<byte> block)
    {
        var window = U32(block, 16);
        if (window is < 1 or > PubSubLimits.MaxWindowBytes || U32(block, 24) != PubSubLimits.Version)
        {
            return false;
        }

        _attached = true;
        stream.OnAttached(
            BinaryPrimitives.ReadUInt64LittleEndian(block[8..]),
            (int)window,
            (int)Math.Min(U32(block, 20), PubSubLimits.MaxMessageBytes));
        return true;
    }

    private bool TryTakeDelivery(
        in IncomingMessage message, int offset, ReadOnlySpan<byte> block, in BlockHead head)
    {
        var count = U32(block, 12);
        if (head.TextLength is 0 or > PubSubLimits.MaxTopicBytes || count is 0 or > PubSubLimits.MaxBlocksBytes)
        {
            return false;
        }

        var delivery = new Delivery(
            _topics.Get(block.Slice(BlockHead.DeliverSize, head.TextLength)),
            BinaryPrimitives.ReadUInt64LittleEndian(block[16..]),
            (int)count,
            Microseconds.ToTime(BinaryPrimitives.ReadInt64LittleEndian(block[24..])),
            (head.Flags & BlockHead.IsSnapshot) != 0,
            stream.Epoch);
        var records = BlockHead.DeliverSize + head.TextLength;
        if ((head.Flags & BlockHead.RecordsFollow) == 0)
        {
            return TryDeliver(U32(block, 8), in delivery, in message, offset + records, head.Length - records);
        }

        _announced = delivery;
        _announcedFor = U32(block, 8);
        _announces = true;
        return head.Length == records;
    }

    private bool TryDeliver(
        uint id, in Delivery delivery, in IncomingMessage message, int offset, int length)
    {
        if (message.IsContiguous)
        {
            if (!Record.AreValid(message.Span.Slice(offset, length), delivery.Count, int.MaxValue))
            {
                return false;
            }
        }
        else
        {
            var head = new byte[Math.Min(length, Record.MaxOverhead)];
            message.CopyTo(offset, head);
            if (delivery.Count != 1 || !Record.IsHeadValid(head, length, int.MaxValue / 2))
            {
                return false;
            }
        }

        // One that has been given up meanwhile still gets what was under way.
        if (stream.Find(id) is not { } subscription)
        {
            return true;
        }

        if (!subscription.TryCharge(length))
        {
            return false;
        }

        subscription.OnDeliver(in delivery, new ReceivedRecords(in message, offset, length));
        return true;
    }

    private bool TryTakeGap(ReadOnlySpan<byte> block, in BlockHead head)
    {
        var count = BinaryPrimitives.ReadUInt64LittleEndian(block[32..]);
        var unknown = (head.Flags & BlockHead.CountUnknown) != 0;
        if (head.TextLength > PubSubLimits.MaxTopicBytes || count > long.MaxValue || unknown != (count == 0))
        {
            return false;
        }

        stream.Find(U32(block, 8))?.OnGap(new Gap(
            head.TextLength == 0 ? null : _topics.Get(block.Slice(BlockHead.GapSize, head.TextLength)),
            BinaryPrimitives.ReadUInt64LittleEndian(block[16..]),
            BinaryPrimitives.ReadUInt64LittleEndian(block[24..]),
            unknown ? null : (long)count,
            (GapReason)U32(block, 12)));
        return true;
    }

    private static uint U32(ReadOnlySpan<byte> block, int offset) =>
        BinaryPrimitives.ReadUInt32LittleEndian(block[offset..]);
}
