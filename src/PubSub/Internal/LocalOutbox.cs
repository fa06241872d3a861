using System.Buffers;
using System.Buffers.Binary;
using NetCore.Core;
using NetCore.Framing;

namespace NetCore.PubSub.Internal;

/// <summary>Publishes into a broker of the same process: what a client would send is taken as it is.</summary>
internal sealed class LocalOutbox : Outbox, IPublishSource
{
    private readonly BrokerCore _core;
    private readonly FlushList _touched = new();

    // A leaf: topics answer under their own locks.
    private readonly Lock _replyLock = new();
    private readonly ReplyQueue _replies = new();
    private int _marked;
    private int _flushing;

    public LocalOutbox(BrokerCore core)
        : base(core.World)
    {
        _core = core;
        MaxMessageBytes = core.Options.MaxMessageBytes;
    }

    public void OnResolved(in PublishTicket ticket, int accepted, int refused, PubSubErrorCode code)
    {
        lock (_replyLock)
        {
            _replies.OnResolved(in ticket, accepted, refused, code);
        }
    }

    bool IFlushable.TryMark() => Interlocked.Exchange(ref _marked, 1) == 0;

    void IFlushable.Flush(FlushList then)
    {
        Volatile.Write(ref _marked, 0);
        Volatile.Write(ref _flushing, Environment.CurrentManagedThreadId);
        while (TryTake(out var reply))
        {
            switch (reply.Kind)
            {
                case BlockKind.Taken:
                    OnTaken(reply.A);
                    break;
                case BlockKind.Accepted:
                    OnAccepted(reply.A, reply.B);
                    break;
                default:
                    OnRefused(reply.A, (PubSubErrorCode)reply.B, (int)reply.C, reply.D);
                    break;
            }
        }

        Volatile.Write(ref _flushing, 0);
        _touched.MoveTo(then);
    }

    protected override void Hand_NeedsLock(Block block, int length)
    {
        var bytes = block.Span.Slice(FrameHeader.Size, length);
        var charge = PubSubLimits.MessageCharge;
        for (var offset = 0; offset < length;)
        {
            BlockHead.TryRead(bytes[offset..], length - offset, out var head);
            var records = offset + BlockHead.PublishSize + head.TextLength;
            block.AddReference();
            var slice = new Slice
            {
                Bytes = new LeasedBytes(
                    new Lease(block, FrameHeader.Size + records, head.Length - (records - offset))),
                Length = head.Length - (records - offset),
                Chunk = block,
                ChunkBytes = block.Capacity,
            };
            Publish(bytes.Slice(offset, head.Length), in head, slice, charge + head.Length);
            charge = 0;
            offset += head.Length;
        }

        block.Release();
    }

    protected override void HandLong_NeedsLock(ReadOnlySpan<byte> head, ReadOnlySpan<byte> payload)
    {
        var whole = ArrayPool<byte>.Shared.Rent(head.Length + payload.Length);
        try
        {
            head.CopyTo(whole);
            payload.CopyTo(whole.AsSpan(head.Length));
            var length = head.Length + payload.Length;
            BlockHead.TryRead(head, length, out var block);
            var records = BlockHead.PublishSize + block.TextLength;
            var bytes = LeasedBytes.Copy(World.Blocks, whole.AsSpan(records, length - records));
            var slice = new Slice { Bytes = bytes, Length = bytes.Length, ChunkBytes = bytes.Length };
            Publish(head, in block, slice, length + PubSubLimits.MessageCharge);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(whole);
        }
    }

    // Inside a flush whoever runs that goes on, so that nothing runs inside itself.
    protected override void AfterSend(int messages)
    {
        if (Volatile.Read(ref _flushing) != Environment.CurrentManagedThreadId)
        {
            _touched.Run();
        }
    }

    private void Publish(ReadOnlySpan<byte> block, in BlockHead head, Slice slice, int charge)
    {
        slice.Count = BinaryPrimitives.ReadInt32LittleEndian(block[24..]);
        slice.Timestamp = BinaryPrimitives.ReadInt64LittleEndian(block[16..]);
        var ticket = new PublishTicket(
            BinaryPrimitives.ReadUInt32LittleEndian(block[8..]),
            (head.Flags & BlockHead.WantsAcknowledgement) != 0,
            World.Timers.Now + BinaryPrimitives.ReadInt32LittleEndian(block[12..]),
            charge);
        var name = block.Slice(BlockHead.PublishSize, head.TextLength);
        BrokerTopic? topic;
        do
        {
            if (!_core.TryGetTopic(name, out topic))
            {
                OnResolved(in ticket, 0, slice.Count, PubSubErrorCode.TooManyTopics);
                _touched.Add(this);
                slice.Dispose();
                return;
            }
        }
        while (!topic.TryPublish(ref slice, this, in ticket, _touched));
    }

    private bool TryTake(out Reply reply)
    {
        lock (_replyLock)
        {
            return _replies.TryTake(out reply);
        }
    }
}
