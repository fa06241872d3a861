using System.Buffers.Binary;
using K4os.Compression.LZ4;
using NetCore.Framing.Internal;

namespace NetCore.Framing;

/// <summary>
/// Bytes in, frames out. Pure: no state, no allocation, and the same answer however the bytes were split.
/// </summary>
/// <remarks>
/// Whatever the bytes are, the answer is a <see cref="FrameStatus"/> and never an exception. A violation is final: the
/// place of the next frame is unknown after it, so the connection ends. Thread-safe.
/// </remarks>
public static class FrameDecoder
{
    /// <summary>
    /// Reads the frame at the start of <paramref name="buffer"/> and verifies its checksum if it has one.
    /// </summary>
    /// <param name="buffer">What has arrived and is not consumed.</param>
    /// <param name="frame">On Complete, a view into <paramref name="buffer"/>.</param>
    /// <param name="consumed">On Complete, the bytes that the frame took; else 0.</param>
    public static FrameStatus TryRead(ReadOnlySpan<byte> buffer, out FrameView frame, out int consumed)
    {
        frame = default;
        consumed = 0;
        var status = TryReadHeader(buffer, out var header);
        if (status != FrameStatus.Complete)
        {
            return status;
        }

        if (buffer.Length < header.WireLength)
        {
            return FrameStatus.NeedMore;
        }

        var end = FrameHeader.Size + header.PayloadLength;
        if ((header.Flags & FrameFlags.Checksum) != 0
            && BinaryPrimitives.ReadUInt32LittleEndian(buffer[end..]) != Crc32C.Compute(buffer[..end]))
        {
            return FrameStatus.ChecksumMismatch;
        }

        frame = new FrameView(header, buffer[FrameHeader.Size..end]);
        consumed = header.WireLength;
        return FrameStatus.Complete;
    }

    /// <summary>Reads and judges a header alone, before its payload is there; for limits that depend on it.</summary>
    /// <param name="buffer">What has arrived and is not consumed.</param>
    /// <param name="header">On Complete, the header; else default.</param>
    public static FrameStatus TryReadHeader(ReadOnlySpan<byte> buffer, out FrameHeader header)
    {
        header = default;
        if (buffer.Length < FrameHeader.Size)
        {
            return FrameStatus.NeedMore;
        }

        // A length above the range of int turns negative here, which the rules refuse as too large.
        var read = new FrameHeader(
            (int)BinaryPrimitives.ReadUInt32LittleEndian(buffer),
            (FrameKind)buffer[4],
            (FrameFlags)buffer[5],
            (UpperProtocol)buffer[6],
            (FrameClass)buffer[7],
            BinaryPrimitives.ReadUInt64LittleEndian(buffer[8..]));

        // The whole of byte 7 is taken for the class: a reserved bit makes it larger than any class there is.
        var status = HeaderRules.Check(read);
        if (status == FrameStatus.Complete)
        {
            header = read;
        }

        return status;
    }

    /// <summary>Decodes the payload of a frame that has the Compressed flag.</summary>
    /// <param name="frame">A frame of <see cref="TryRead"/> with the Compressed flag.</param>
    /// <param name="destination">
    /// At least <see cref="FramingLimits.MaxPayloadBytes"/>. On failure its content is undefined.
    /// </param>
    /// <param name="written">On Complete, the bytes of the payload; else 0.</param>
    /// <returns>Complete or DecompressionFailed.</returns>
    /// <exception cref="ArgumentException">The frame is not compressed, or the destination is too short.</exception>
    public static FrameStatus TryDecompress(in FrameView frame, Span<byte> destination, out int written)
    {
        if ((frame.Header.Flags & FrameFlags.Compressed) == 0)
        {
            throw new ArgumentException("The frame is not compressed.", nameof(frame));
        }

        if (destination.Length < FramingLimits.MaxPayloadBytes)
        {
            throw new ArgumentException("The destination is shorter than the largest payload.", nameof(destination));
        }

        written = 0;
        if (frame.Payload.Length <= FramingLimits.CompressionHeaderBytes)
        {
            return FrameStatus.DecompressionFailed;
        }

        var declared = BinaryPrimitives.ReadUInt32LittleEndian(frame.Payload);
        var block = frame.Payload[FramingLimits.CompressionHeaderBytes..];
        if (declared is 0 or > FramingLimits.MaxPayloadBytes
            || declared > (FramingLimits.MaxCompressionRatio * block.Length) + FramingLimits.CompressionSlackBytes
            || !Lz4BlockCheck.DecodesTo(block, (int)declared)
            || LZ4Codec.Decode(block, destination[..(int)declared]) != (int)declared)
        {
            return FrameStatus.DecompressionFailed;
        }

        written = (int)declared;
        return FrameStatus.Complete;
    }
}
