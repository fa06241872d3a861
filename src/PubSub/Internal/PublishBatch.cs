using System.Buffers.Binary;
using NetCore.Core;
using NetCore.Framing;

namespace NetCore.PubSub.Internal;

/// <summary>The message that an outbox fills: batches of records, each of one publisher. Guarded by its lock.</summary>
internal sealed class PublishBatch(World world)
{
    private Block? _block;
    private int _used;
    private int _headAt;

    /// <summary>Whose batch is being filled; null when none is.</summary>
    public TopicPublisher? Owner { get; private set; }

    /// <summary>Messages in it.</summary>
    public int Count { get; private set; }

    public bool IsEmpty => _block is null;

    /// <summary>Bytes that a message needs with a batch of its own.</summary>
    public static int SizeAlone(TopicPublisher publisher, int record) =>
        BlockHead.PublishSize + publisher.Topic.Bytes.Length + record;

    /// <summary>A record of this length still fits.</summary>
    public bool HasRoomFor(TopicPublisher publisher, int record) =>
        _used + (Owner == publisher ? record : SizeAlone(publisher, record)) <= PubSubLimits.MaxBlocksBytes;

    /// <summary>Begins a message; false when there is no memory.</summary>
    public bool TryBegin()
    {
        _used = 0;
        return world.Blocks.TryRent(BlockSize.Medium, "messages to publish", out _block);
    }

    /// <summary>Begins a batch; the one before has been closed.</summary>
    public void Open(TopicPublisher publisher, long timestamp)
    {
        _headAt = _used;
        WriteHead(Free, publisher, timestamp, 0, 0);
        _used += BlockHead.PublishSize + publisher.Topic.Bytes.Length;
        Owner = publisher;
        Count = 0;
    }

    /// <summary>Room for the next record, which is then counted.</summary>
    public Span<byte> Add(int length)
    {
        var room = Free[..length];
        _used += length;
        Count++;
        return room;
    }

    /// <summary>Writes what is known only now.</summary>
    public void Close(uint number)
    {
        var head = _block!.Span[(FrameHeader.Size + _headAt)..];
        BinaryPrimitives.WriteInt32LittleEndian(head[4..], _used - _headAt);
        BinaryPrimitives.WriteUInt32LittleEndian(head[8..], number);
        BinaryPrimitives.WriteInt32LittleEndian(head[24..], Count);
        Owner = null;
    }

    /// <summary>Gives the message away.</summary>
    public Block Take(out int length)
    {
        var block = _block!;
        length = _used;
        _block = null;
        return block;
    }

    public void Drop()
    {
        _block?.Release();
        _block = null;
        Owner = null;
    }

    public static void WriteHead(
        Span<byte> to, TopicPublisher publisher, long timestamp, uint number, int recordBytes)
    {
        var topic = publisher.Topic.Bytes;
        new BlockHead(
            BlockKind.Publish,
            publisher.WantsAcknowledgement ? BlockHead.WantsAcknowledgement : (byte)0,
            topic.Length,
            BlockHead.PublishSize + topic.Length + recordBytes).Write(to);
        BinaryPrimitives.WriteUInt32LittleEndian(to[8..], number);
        BinaryPrimitives.WriteInt32LittleEndian(to[12..], publisher.TimeoutMilliseconds);
        BinaryPrimitives.WriteInt64LittleEndian(to[16..], timestamp);
        BinaryPrimitives.WriteInt32LittleEndian(to[24..], 1);
        topic.CopyTo(to[BlockHead.PublishSize..]);
    }

    private Span<byte> Free => _block!.Span.Slice(FrameHeader.Size + _used, PubSubLimits.MaxBlocksBytes - _used);
}
