using System.Buffers.Binary;

namespace NetCore.PubSub.Internal;

/// <summary>An answer that waits to be sent: a block of numbers.</summary>
internal readonly record struct Reply(BlockKind Kind, uint A, uint B = 0, uint C = 0, uint D = 0)
{
    private const int Fields = 4;

    public int Write(Span<byte> to, int size)
    {
        new BlockHead(Kind, 0, 0, size).Write(to);
        ReadOnlySpan<uint> fields = [A, B, C, D];
        for (var i = 0; i < Fields && BlockHead.Size + ((i + 1) * sizeof(uint)) <= size; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(to[(BlockHead.Size + (i * sizeof(uint)))..], fields[i]);
        }

        return size;
    }

    public int Size => Kind switch
    {
        BlockKind.Taken => BlockHead.TakenSize,
        BlockKind.Accepted => BlockHead.AcceptedSize,
        BlockKind.Refused => BlockHead.RefusedSize,
        BlockKind.Subscribed => BlockHead.SubscribedSize,
        _ => BlockHead.EndedSize,
    };
}
