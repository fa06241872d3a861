namespace NetCore.Framing;

/// <summary>The 16 bytes before each payload, decoded. The layout stands in <c>docs/wire-format.md</c>.</summary>
/// <param name="PayloadLength">Bytes of the payload on the wire, without header and checksum.</param>
/// <param name="Kind">What the frame is.</param>
/// <param name="Flags">Its properties.</param>
/// <param name="Protocol">The protocol that the stream belongs to.</param>
/// <param name="Class">Its priority class.</param>
/// <param name="StreamId">The stream, or 0 for the connection.</param>
public readonly record struct FrameHeader(
    int PayloadLength,
    FrameKind Kind,
    FrameFlags Flags,
    UpperProtocol Protocol,
    FrameClass Class,
    ulong StreamId)
{
    /// <summary>Bytes of a header on the wire.</summary>
    public const int Size = 16;

    /// <summary>
    /// Bytes of the whole frame on the wire: header, payload and, with the Checksum flag, the checksum.
    /// </summary>
    public int WireLength =>
        Size + PayloadLength + ((Flags & FrameFlags.Checksum) != 0 ? FramingLimits.TrailerBytes : 0);
}
