using System.Buffers.Binary;

namespace NetCore.PubSub.Internal;

/// <summary>What every block begins with, and the sizes of all: see <c>docs/wire-format.md</c>.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Flags">Its properties.</param>
/// <param name="TextLength">Bytes of the topic or pattern behind its fields.</param>
/// <param name="Length">Bytes of the whole block.</param>
internal readonly record struct BlockHead(BlockKind Kind, byte Flags, int TextLength, int Length)
{
    public const int Size = 8;
    public const int AttachSize = 16;
    public const int PublishSize = 28;
    public const int SubscribeSize = 36;
    public const int UnsubscribeSize = 12;
    public const int GrantSize = 16;
    public const int AttachedSize = 28;
    public const int TakenSize = 12;
    public const int AcceptedSize = 16;
    public const int RefusedSize = 24;
    public const int SubscribedSize = 12;
    public const int EndedSize = 16;
    public const int DeliverSize = 32;
    public const int GapSize = 40;

    /// <summary>Publish: an acknowledgement is wanted.</summary>
    public const byte WantsAcknowledgement = 1;

    /// <summary>Deliver: the messages are last values from before the subscription.</summary>
    public const byte IsSnapshot = 1;

    /// <summary>Deliver: the records are the next message.</summary>
    public const byte RecordsFollow = 2;

    /// <summary>Gap: the count is not known.</summary>
    public const byte CountUnknown = 1;

    public void Write(Span<byte> to)
    {
        to[0] = (byte)Kind;
        to[1] = Flags;
        BinaryPrimitives.WriteUInt16LittleEndian(to[2..], (ushort)TextLength);
        BinaryPrimitives.WriteInt32LittleEndian(to[4..], Length);
    }

    /// <summary>The block that begins the span; false unless it is a known one and wholly there.</summary>
    public static bool TryRead(ReadOnlySpan<byte> from, int available, out BlockHead head)
    {
        head = default;
        if (from.Length < Size)
        {
            return false;
        }

        var kind = (BlockKind)from[0];
        var length = BinaryPrimitives.ReadUInt32LittleEndian(from[4..]);
        head = new BlockHead(kind, from[1], BinaryPrimitives.ReadUInt16LittleEndian(from[2..]), (int)length);
        return length <= (uint)available && (from[1] & ~FlagsOf(kind)) == 0
            && SizeOf(kind) is > 0 and var size && length >= (uint)(size + head.TextLength)
            && (HasTail(kind) || length == (uint)(size + head.TextLength));
    }

    private static bool HasTail(BlockKind kind) =>
        kind is BlockKind.Publish or BlockKind.Subscribe or BlockKind.Deliver;

    private static int FlagsOf(BlockKind kind) => kind switch
    {
        BlockKind.Publish => WantsAcknowledgement,
        BlockKind.Deliver => IsSnapshot | RecordsFollow,
        BlockKind.Gap => CountUnknown,
        _ => 0,
    };

    private static int SizeOf(BlockKind kind) => kind switch
    {
        BlockKind.Attach => AttachSize,
        BlockKind.Publish => PublishSize,
        BlockKind.Subscribe => SubscribeSize,
        BlockKind.Unsubscribe => UnsubscribeSize,
        BlockKind.Grant => GrantSize,
        BlockKind.Attached => AttachedSize,
        BlockKind.Taken => TakenSize,
        BlockKind.Accepted => AcceptedSize,
        BlockKind.Refused => RefusedSize,
        BlockKind.Subscribed => SubscribedSize,
        BlockKind.Ended => EndedSize,
        BlockKind.Deliver => DeliverSize,
        BlockKind.Gap => GapSize,
        _ => 0,
    };
}
