using System.Buffers.Binary;

namespace NetCore.Framing;

/// <summary>A decoded header and its payload, in place: valid as long as the bytes it was read from.</summary>
public readonly ref struct FrameView
{
    /// <summary>Pairs a header with its payload.</summary>
    public FrameView(FrameHeader header, ReadOnlySpan<byte> payload)
    {
        Header = header;
        Payload = payload;
    }

    /// <summary>The header.</summary>
    public FrameHeader Header { get; }

    /// <summary>
    /// The payload as on the wire, so still compressed with the Compressed flag, without the checksum.
    /// </summary>
    public ReadOnlySpan<byte> Payload { get; }

    /// <summary>
    /// The payload's length before compression, as the frame declares it; false when it is out of range.
    /// </summary>
    public bool TryGetDecodedLength(out int length)
    {
        length = Payload.Length;
        if ((Header.Flags & FrameFlags.Compressed) == 0)
        {
            return true;
        }

        if (Payload.Length <= FramingLimits.CompressionHeaderBytes)
        {
            return false;
        }

        var declared = BinaryPrimitives.ReadUInt32LittleEndian(Payload);
        length = (int)declared;
        return declared is > 0 and <= FramingLimits.MaxPayloadBytes;
    }
}
