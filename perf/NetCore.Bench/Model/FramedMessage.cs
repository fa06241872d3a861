using System.Buffers.Binary;

namespace NetCore.Bench;

/// <summary>
/// The header of a framed echo: what an RPC has to read at least, without being one.
/// </summary>
/// <remarks>Bytes 0 to 3 payload length, 4 to 7 zero, 8 to 15 number of the request; little-endian.</remarks>
internal static class FramedMessage
{
    public const int HeaderBytes = 16;

    public static void WriteHeader(Span<byte> header, int payloadBytes, long request)
    {
        BinaryPrimitives.WriteInt64LittleEndian(header, (uint)payloadBytes);
        BinaryPrimitives.WriteInt64LittleEndian(header[8..], request);
    }

    public static int PayloadBytes(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadInt32LittleEndian(header);

    public static long Request(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadInt64LittleEndian(header[8..]);
}
