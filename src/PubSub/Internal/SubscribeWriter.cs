using System.Buffers.Binary;
using System.Text;

namespace NetCore.PubSub.Internal;

/// <summary>Writes a request to subscribe.</summary>
internal static class SubscribeWriter
{
    public static byte[] Write(Subscription subscription)
    {
        var options = subscription.Options;
        var pattern = subscription.Pattern.Bytes;
        var group = options.Group is { } name ? Encoding.UTF8.GetBytes(name) : [];
        var positions = options.ResumeFrom?.Positions ?? [];
        var topics = positions.Select(static position => Encoding.UTF8.GetBytes(position.Topic)).ToArray();
        var length = BlockHead.SubscribeSize + pattern.Length + group.Length
            + topics.Sum(static topic => 1 + topic.Length + sizeof(ulong));
        var block = new byte[length];
        new BlockHead(BlockKind.Subscribe, 0, pattern.Length, length).Write(block);
        BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(8), subscription.Id);
        BinaryPrimitives.WriteInt32LittleEndian(block.AsSpan(12), options.MaxItems);
        BinaryPrimitives.WriteInt32LittleEndian(block.AsSpan(16), options.MaxBytes);
        BinaryPrimitives.WriteInt32LittleEndian(block.AsSpan(20), options.WindowBytes);
        block[24] = (byte)options.Overflow;
        block[25] = (byte)group.Length;
        BinaryPrimitives.WriteUInt16LittleEndian(block.AsSpan(26), (ushort)positions.Count);
        BinaryPrimitives.WriteUInt64LittleEndian(block.AsSpan(28), options.ResumeFrom?.Epoch ?? 0);
        var rest = block.AsSpan(BlockHead.SubscribeSize);
        pattern.CopyTo(rest);
        group.CopyTo(rest[pattern.Length..]);
        rest = rest[(pattern.Length + group.Length)..];
        for (var i = 0; i < topics.Length; i++)
        {
            rest[0] = (byte)topics[i].Length;
            topics[i].CopyTo(rest[1..]);
            BinaryPrimitives.WriteUInt64LittleEndian(rest[(1 + topics[i].Length)..], positions[i].Sequence);
            rest = rest[(1 + topics[i].Length + sizeof(ulong))..];
        }

        return block;
    }
}
