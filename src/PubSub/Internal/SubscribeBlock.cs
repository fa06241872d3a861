using System.Buffers.Binary;

namespace NetCore.PubSub.Internal;

/// <summary>A request to subscribe, as it lies in its block.</summary>
internal readonly ref struct SubscribeBlock
{
    private readonly ReadOnlySpan<byte> _block;
    private readonly BlockHead _head;

    private SubscribeBlock(ReadOnlySpan<byte> block, in BlockHead head)
    {
        _block = block;
        _head = head;
    }

    public uint Id => U32(8);

    public uint MaxItems => U32(12);

    public uint MaxBytes => U32(16);

    public uint Window => U32(20);

    public OverflowRule Rule => (OverflowRule)_block[24];

    /// <summary>Positions that are given; the epoch means something if there are any.</summary>
    public int Positions => BinaryPrimitives.ReadUInt16LittleEndian(_block[26..]);

    public ulong Epoch => BinaryPrimitives.ReadUInt64LittleEndian(_block[28..]);

    public ReadOnlySpan<byte> Pattern => _block.Slice(BlockHead.SubscribeSize, _head.TextLength);

    public ReadOnlySpan<byte> Group => _block.Slice(BlockHead.SubscribeSize + _head.TextLength, _block[25]);

    private ReadOnlySpan<byte> Tail => _block[(BlockHead.SubscribeSize + _head.TextLength + _block[25])..];

    /// <summary>Reads a block whose head has been read; false when it is malformed.</summary>
    public static bool TryRead(ReadOnlySpan<byte> block, in BlockHead head, out SubscribeBlock request)
    {
        request = new SubscribeBlock(block, in head);
        if (block.Length < BlockHead.SubscribeSize + head.TextLength + block[25]
            || block[24] > (byte)OverflowRule.Disconnect
            || request.MaxItems is 0 or > PubSubLimits.MaxItems
            || request.MaxBytes is 0 or > PubSubLimits.MaxBytes
            || request.Window is 0 or > PubSubLimits.MaxWindowBytes
            || request.Positions > PubSubLimits.MaxPositions)
        {
            return false;
        }

        var tail = request.Tail;
        for (var i = request.Positions; i > 0; i--)
        {
            if (tail.IsEmpty || tail.Length < 1 + tail[0] + sizeof(ulong)
                || TopicText.Problem(tail.Slice(1, tail[0]), isPattern: false) is not null)
            {
                return false;
            }

            tail = tail[(1 + tail[0] + sizeof(ulong))..];
        }

        return tail.IsEmpty;
    }

    /// <summary>The positions by topic; the last one counts.</summary>
    public Dictionary<byte[], ulong> ReadPositions()
    {
        var positions = new Dictionary<byte[], ulong>(BytesComparer.Instance);
        var tail = Tail;
        for (var i = Positions; i > 0; i--)
        {
            var topic = tail.Slice(1, tail[0]);
            positions[topic.ToArray()] = BinaryPrimitives.ReadUInt64LittleEndian(tail[(1 + topic.Length)..]);
            tail = tail[(1 + topic.Length + sizeof(ulong))..];
        }

        return positions;
    }

    private uint U32(int offset) => BinaryPrimitives.ReadUInt32LittleEndian(_block[offset..]);
}
