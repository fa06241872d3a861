using System.Buffers.Binary;
using NetCore.Core;
using NetCore.Framing;

namespace NetCore.Session.Internal;

/// <summary>
/// One piece of an outgoing message: bytes in an own block with frame room around them, or linked bytes.
/// </summary>
internal struct MessagePart
{
    private Block? _block;
    private Lease _linked;

    public int Length;

    public static MessagePart Own(Block block) => new() { _block = block };

    public static MessagePart Linked(Lease lease) => new() { _linked = lease, Length = lease.Length };

    /// <summary>Room for more bytes; linked parts have none.</summary>
    public readonly Span<byte> Room => _block is null ? default : _block.Span.Slice(End, Capacity - Length);

    public readonly Memory<byte> RoomMemory => _block is null ? default : _block.Memory.Slice(End, Capacity - Length);

    public readonly ReadOnlySpan<byte> Bytes =>
        _block is null ? _linked.Span : _block.Span.Slice(FrameHeader.Size, Length);

    /// <summary>True when header and trailer can be written around the bytes.</summary>
    public readonly bool HasFrameRoom => _block is not null;

    private readonly int End => FrameHeader.Size + Length;

    private readonly int Capacity =>
        Math.Min(_block!.Capacity - FrameHeader.Size - sizeof(uint), FramingLimits.MaxPayloadBytes);

    /// <summary>The whole frame's memory: header, bytes, trailer. Only with frame room.</summary>
    public readonly Span<byte> Frame(int wireLength) => _block!.Span[..wireLength];

    /// <summary>Turns the part into a lease of the frame that was written around it.</summary>
    public readonly Lease ToFrameLease(int wireLength) => new(_block!, 0, wireLength);

    /// <summary>Turns the part into a lease of its bytes alone.</summary>
    public readonly Lease ToPayloadLease() => _linked;

    /// <summary>Writes over bytes of an own block.</summary>
    public readonly void WriteUInt32(int offset, uint value) =>
        BinaryPrimitives.WriteUInt32LittleEndian(_block!.Span[(FrameHeader.Size + offset)..], value);

    public readonly void Release()
    {
        _block?.Release();
        _linked.Dispose();
    }
}
