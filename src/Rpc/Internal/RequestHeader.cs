using System.Buffers.Binary;
using NetCore.Session;

namespace NetCore.Rpc.Internal;

/// <summary>
/// The first 16 bytes of a request: method, time left, flags. Little-endian; reserved bytes are zero.
/// </summary>
/// <param name="MethodId">See <see cref="Rpc.MethodId"/>.</param>
/// <param name="TimeoutMilliseconds">Time left until the caller's deadline when it was sent; at least 1.</param>
/// <param name="OneWay">The caller waits for no answer.</param>
/// <param name="Kind">Whether items are sent, and by whom.</param>
internal readonly record struct RequestHeader(
    ulong MethodId, uint TimeoutMilliseconds, bool OneWay, RpcMethodKind Kind = RpcMethodKind.Unary) : IHeader
{
    public const int Size = 16;

    /// <summary>Where the time left stands: it is written again when the request is sent, which may be later.</summary>
    public const int TimeLeftOffset = 8;

    // One-way and the two bits of the kind; a one-way call has no items.
    private const uint OneWayFlag = 1;
    private const int KindShift = 1;
    private const uint MaxFlags = (uint)RpcMethodKind.Duplex << KindShift;

    public void Write(OutgoingMessage message)
    {
        var span = message.Reserve(Size);
        BinaryPrimitives.WriteUInt64LittleEndian(span, MethodId);
        BinaryPrimitives.WriteUInt32LittleEndian(span[8..], TimeoutMilliseconds);
        BinaryPrimitives.WriteUInt32LittleEndian(span[12..], (OneWay ? OneWayFlag : 0) | ((uint)Kind << KindShift));
    }

    /// <summary>False when the bytes are no request of this version.</summary>
    public static bool TryRead(in IncomingMessage message, out RequestHeader header)
    {
        header = default;
        if (message.Length < Size)
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[Size];
        message.CopyTo(0, bytes);
        var flags = BinaryPrimitives.ReadUInt32LittleEndian(bytes[12..]);
        var timeout = BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]);
        header = new RequestHeader(
            BinaryPrimitives.ReadUInt64LittleEndian(bytes),
            timeout,
            flags == OneWayFlag,
            (RpcMethodKind)(flags >> KindShift));
        var isKnown = flags == OneWayFlag || (flags <= MaxFlags && (flags & OneWayFlag) == 0);
        return isKnown && timeout is > 0 and <= RpcLimits.MaxTimeoutMilliseconds;
    }
}
