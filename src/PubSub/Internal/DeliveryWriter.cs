using System.Buffers.Binary;
using NetCore.Core;
using NetCore.Framing;
using NetCore.Session;

namespace NetCore.PubSub.Internal;

/// <summary>
/// Puts blocks into messages of one frame and hands these to a session. Guarded by the lock of its peer.
/// </summary>
internal sealed class DeliveryWriter(PeerSession session, SessionStream stream)
{
    /// <summary>Most bytes that one entry of a queue takes in such a message.</summary>
    private const int EntryRoom = BlockHead.GapSize + PubSubLimits.MaxTopicBytes + PubSubLimits.CopyBytes;

    private readonly BlockCache _blocks = session.World.Blocks.CacheOf(session.Connection.Executor);
    private Block? _block;
    private int _used;
    private long _charged;

    /// <summary>The stream has ended; what is written is dropped.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Makes room for one more entry; false when there is no memory.</summary>
    public bool TryReserve()
    {
        if (_block is not null && PubSubLimits.MaxBlocksBytes - _used >= EntryRoom)
        {
            return true;
        }

        Send();
        _used = 0;
        return _blocks.TryRent(BlockSize.Medium, "topics delivered", out _block);
    }

    public void Write(in Reply reply) => _used += reply.Write(Free, reply.Size);

    public void WriteAttached(ulong epoch, int publishWindow, int maxMessage)
    {
        var to = Free;
        new BlockHead(BlockKind.Attached, 0, 0, BlockHead.AttachedSize).Write(to);
        BinaryPrimitives.WriteUInt64LittleEndian(to[8..], epoch);
        BinaryPrimitives.WriteInt32LittleEndian(to[16..], publishWindow);
        BinaryPrimitives.WriteInt32LittleEndian(to[20..], maxMessage);
        BinaryPrimitives.WriteInt32LittleEndian(to[24..], PubSubLimits.Version);
        _used += BlockHead.AttachedSize;
    }

    public void Write(uint subscription, in GapRange gap)
    {
        var topic = gap.Topic?.Name ?? [];
        var to = Free;
        var unknown = gap.Count < 0;
        new BlockHead(
            BlockKind.Gap,
            unknown ? BlockHead.CountUnknown : (byte)0,
            topic.Length,
            BlockHead.GapSize + topic.Length).Write(to);
        BinaryPrimitives.WriteUInt32LittleEndian(to[8..], subscription);
        BinaryPrimitives.WriteUInt32LittleEndian(to[12..], (uint)gap.Reason);
        BinaryPrimitives.WriteUInt64LittleEndian(to[16..], gap.First);
        BinaryPrimitives.WriteUInt64LittleEndian(to[24..], gap.Last);
        BinaryPrimitives.WriteInt64LittleEndian(to[32..], unknown ? 0 : gap.Count);
        topic.CopyTo(to[BlockHead.GapSize..]);
        _used += BlockHead.GapSize + topic.Length;
    }

    /// <summary>
    /// Writes records and takes them over: short ones behind their header, others as a message of their own.
    /// </summary>
    /// <returns>False when they could not be sent, and a gap was written in their place.</returns>
    public bool TryWrite(uint subscription, Slice slice)
    {
        if (slice.IsContiguous && slice.Length <= PubSubLimits.CopyBytes)
        {
            _used += WriteHead(Free, subscription, in slice, 0);
            slice.Span.CopyTo(Free);
            _used += slice.Length;
            slice.Dispose();
            return true;
        }

        var records = session.RentMessage();
        var head = session.RentMessage();
        var reason = GapReason.TooLarge;
        var lost = GapRange.Of(in slice, reason);
        try
        {
            // A small block: a busy broker has thousands of them waiting, and of medium ones the pool keeps fewer.
            var room = head.GetSpan(BlockHead.DeliverSize + slice.Topic.Name.Length);
            head.Advance(WriteHead(room, subscription, in slice, BlockHead.RecordsFollow));
            records.Append(slice.TakeBytes());
        }
        catch (ByteBudgetExceededException)
        {
            slice.Dispose();
            reason = GapReason.OutOfMemoryBudget;
        }

        if (reason == GapReason.OutOfMemoryBudget || session.IsTooLarge(records))
        {
            head.Dispose();
            records.Dispose();
            Write(subscription, lost with { Reason = reason });
            return false;
        }

        HandWritten();
        Hand(head, head.Length);
        Hand(records, slice.Length);
        return true;
    }

    /// <summary>Hands over what is written.</summary>
    public void Send()
    {
        HandWritten();
        Drop();
    }

    /// <summary>What was handed over since the last look, as it counts in the window of the connection.</summary>
    public long TakeCharge()
    {
        var charged = _charged;
        _charged = 0;
        return charged;
    }

    public void Drop()
    {
        _block?.Release();
        _block = null;
    }

    private Span<byte> Free => _block!.Span.Slice(FrameHeader.Size + _used, PubSubLimits.MaxBlocksBytes - _used);

    private static int WriteHead(Span<byte> to, uint subscription, in Slice slice, byte flags)
    {
        var topic = slice.Topic.Name;
        var inline = flags == 0 ? slice.Length : 0;
        new BlockHead(
            BlockKind.Deliver,
            (byte)(flags | (slice.IsSnapshot ? BlockHead.IsSnapshot : 0)),
            topic.Length,
            BlockHead.DeliverSize + topic.Length + inline).Write(to);
        BinaryPrimitives.WriteUInt32LittleEndian(to[8..], subscription);
        BinaryPrimitives.WriteInt32LittleEndian(to[12..], slice.Count);
        BinaryPrimitives.WriteUInt64LittleEndian(to[16..], slice.First);
        BinaryPrimitives.WriteInt64LittleEndian(to[24..], slice.Timestamp);
        topic.CopyTo(to[BlockHead.DeliverSize..]);
        return BlockHead.DeliverSize + topic.Length;
    }

    // A block in which nothing is written stays for the next entry.
    private void HandWritten()
    {
        if (_block is not { } block || _used == 0)
        {
            return;
        }

        var message = session.RentMessage();
        message.Adopt(block, _used);
        _block = null;
        Hand(message, _used);
        _used = 0;
    }

    private void Hand(OutgoingMessage message, int length)
    {
        _charged += length + PubSubLimits.MessageCharge;
        IsClosed |= !session.Send(stream, message, end: false);
    }
}
