using System.Buffers.Binary;
using K4os.Compression.LZ4;
using NetCore.Framing.Internal;

namespace NetCore.Framing;

/// <summary>
/// Frames into spans. Pure and thread-safe; it never writes a frame that <see cref="FrameDecoder"/> refuses.
/// </summary>
public static class FrameEncoder
{
    /// <summary>Writes the 16 bytes of a header.</summary>
    /// <param name="destination">At least <see cref="FrameHeader.Size"/> bytes.</param>
    /// <param name="header">A header that obeys the rules of the wire.</param>
    /// <exception cref="ArgumentException">The destination is too short, or the header breaks a rule.</exception>
    public static void WriteHeader(Span<byte> destination, in FrameHeader header)
    {
        var status = HeaderRules.Check(header);
        if (status != FrameStatus.Complete)
        {
            throw Refused(status, header);
        }

        if (destination.Length < FrameHeader.Size)
        {
            throw new ArgumentException("The destination is shorter than a header.", nameof(destination));
        }

        // One store for the first five fields: they cost as much as the copy of a small payload.
        var fields = (uint)header.PayloadLength | ((ulong)header.Kind << 32) | ((ulong)header.Flags << 40)
            | ((ulong)header.Protocol << 48) | ((ulong)header.Class << 56);
        BinaryPrimitives.WriteUInt64LittleEndian(destination, fields);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[8..], header.StreamId);
    }

    /// <summary>Writes the checksum that follows the payload of a frame with the Checksum flag.</summary>
    /// <param name="destination">At least <see cref="FramingLimits.TrailerBytes"/> bytes.</param>
    /// <param name="crc">The CRC32C over header and payload.</param>
    /// <returns>The bytes written.</returns>
    public static int WriteTrailer(Span<byte> destination, uint crc)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(destination, crc);
        return FramingLimits.TrailerBytes;
    }

    /// <summary>Writes a whole frame: header, payload and, with the Checksum flag, the checksum.</summary>
    /// <param name="destination">Where to.</param>
    /// <param name="header">A header that obeys the rules and names the payload's length.</param>
    /// <param name="payload">The payload, compressed already if the header says so.</param>
    /// <param name="written">The bytes written, 0 when the answer is false.</param>
    /// <returns>False, with nothing written, when the destination is too short.</returns>
    /// <exception cref="ArgumentException">The header breaks a rule or names another length.</exception>
    public static bool TryWrite(
        Span<byte> destination, in FrameHeader header, ReadOnlySpan<byte> payload, out int written)
    {
        if (header.PayloadLength != payload.Length)
        {
            throw OtherLength(header, payload.Length);
        }

        written = 0;
        if (destination.Length < header.WireLength)
        {
            return false;
        }

        WriteHeader(destination, header);
        payload.CopyTo(destination[FrameHeader.Size..]);
        var end = FrameHeader.Size + payload.Length;
        if ((header.Flags & FrameFlags.Checksum) != 0)
        {
            end += WriteTrailer(destination[end..], Crc32C.Compute(destination[..end]));
        }

        written = end;
        return true;
    }

    /// <summary>Writes the payload of a compressed frame: the decoded size as u32 and an LZ4 block.</summary>
    /// <param name="payload">Up to <see cref="FramingLimits.MaxPayloadBytes"/>.</param>
    /// <param name="destination">
    /// Where to; as long as the payload is always enough. Its content is undefined on false.
    /// </param>
    /// <param name="written">The bytes written, 0 when the answer is false.</param>
    /// <returns>
    /// False when the result would not be shorter than the payload, or does not fit: send it as it is.
    /// </returns>
    /// <exception cref="ArgumentException">The payload is longer than a frame takes.</exception>
    public static bool TryCompress(ReadOnlySpan<byte> payload, Span<byte> destination, out int written)
    {
        if (payload.Length > FramingLimits.MaxPayloadBytes)
        {
            throw new ArgumentException("The payload is longer than a frame takes.", nameof(payload));
        }

        written = 0;
        var room = Math.Min(destination.Length, payload.Length - 1) - FramingLimits.CompressionHeaderBytes;
        if (room <= 0)
        {
            return false;
        }

        var block = LZ4Codec.Encode(payload, destination.Slice(FramingLimits.CompressionHeaderBytes, room));
        if (block <= 0)
        {
            return false;
        }

        BinaryPrimitives.WriteUInt32LittleEndian(destination, (uint)payload.Length);
        written = FramingLimits.CompressionHeaderBytes + block;
        return true;
    }

    // Apart, because a text that is put together makes every call of the method around it clear its place on the stack.
    private static ArgumentException Refused(FrameStatus status, FrameHeader header) =>
        new($"A peer would refuse this header ({status}): {header}.", nameof(header));

    private static ArgumentException OtherLength(FrameHeader header, int length) =>
        new($"The header names {header.PayloadLength} payload bytes, there are {length}.", nameof(header));
}
