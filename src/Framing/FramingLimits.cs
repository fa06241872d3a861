namespace NetCore.Framing;

/// <summary>The bounds of the wire, each with its derivation. A decoder checks them before anything else.</summary>
public static class FramingLimits
{
    /// <summary>
    /// Most payload bytes of a frame: 16 KiB, so that a frame with header and checksum lies contiguous in a 32 KiB
    /// receive block wherever it starts in the first half, and a bulk frame holds a call up for 13 us at 10 Gbit/s.
    /// Larger messages are sent as fragments.
    /// </summary>
    public const int MaxPayloadBytes = 16 * 1024;

    /// <summary>
    /// Most payload bytes of a frame before the peer is known: 4 KiB, as much as the largest Hello. The session
    /// applies it; a stranger can make a receiver hold no more than one such frame.
    /// </summary>
    public const int MaxPreAuthPayload = 4 * 1024;

    /// <summary>Bytes of the checksum after the payload: one CRC32C.</summary>
    public const int TrailerBytes = 4;

    /// <summary>Most bytes of a frame on the wire: header, payload and checksum.</summary>
    public const int MaxFrameBytes = FrameHeader.Size + MaxPayloadBytes + TrailerBytes;

    /// <summary>Payload bytes of a Hello that this version knows: the sum of its fields.</summary>
    public const int MinHelloBytes = 40;

    /// <summary>
    /// Most payload bytes of a Hello: room for a hundred times the fields of today, still before trust.
    /// </summary>
    public const int MaxHelloBytes = MaxPreAuthPayload;

    /// <summary>Payload bytes of a Reset: its code as one u32.</summary>
    public const int ResetBytes = 4;

    /// <summary>Payload bytes of a Credit: one u32 count of bytes.</summary>
    public const int CreditBytes = 4;

    /// <summary>Payload bytes of a Ping and of a Pong: one u64 that is echoed.</summary>
    public const int PingBytes = 8;

    /// <summary>Payload bytes of a GoAway without detail: last stream id u64 and code u32.</summary>
    public const int MinGoAwayBytes = 12;

    /// <summary>Most bytes of the UTF-8 detail of a GoAway: one or two sentences for a log line.</summary>
    public const int MaxGoAwayDetailBytes = 256;

    /// <summary>Bytes before an LZ4 block: its decoded size as u32.</summary>
    public const int CompressionHeaderBytes = 4;

    /// <summary>
    /// Most decoded bytes per byte of LZ4 block. One byte of a length chain stands for at most 255 decoded bytes, so no
    /// honest block passes it; a declared size above it is a lie that is found before a byte is decoded.
    /// </summary>
    public const int MaxCompressionRatio = 255;

    /// <summary>
    /// Decoded bytes that <see cref="MaxCompressionRatio"/> leaves out: the token's own nibbles and the last literals
    /// come to less than 64.
    /// </summary>
    public const int CompressionSlackBytes = 64;

    /// <summary>Default longest message of <see cref="LengthPrefixCodec"/>: 1 MiB, common among brokers.</summary>
    public const int DefaultLengthPrefixMessage = 1024 * 1024;

    /// <summary>
    /// Default longest line of <see cref="LineCodec"/>: 64 KiB. It also bounds the work of looking for the end of a
    /// line again each time that more of it has arrived.
    /// </summary>
    public const int DefaultLine = 64 * 1024;

    /// <summary>
    /// Longest message that a codec can be told to take: 1 GiB, so that the sum of head, message and tail stays far
    /// within int and no codec has to fear an overflow.
    /// </summary>
    public const int MaxCodecMessage = 1024 * 1024 * 1024;

    /// <summary>
    /// Most bytes of a <see cref="DelimiterCodec"/>'s delimiter: 64. Those in use have one to four bytes, generated
    /// boundaries up to 40; twice as much lies on the stack while a message is looked through.
    /// </summary>
    public const int MaxDelimiterBytes = 64;

    /// <summary>
    /// Most bytes before a length prefix: 256. Binary protocols put their length into the first 16 bytes; the copy of
    /// these bytes when a message is written is held to a few cache lines.
    /// </summary>
    public const int MaxLengthOffset = 256;

    /// <summary>
    /// Most that is added to or taken from a length prefix: 64 KiB, more than any header that a length leaves out or
    /// counts, and far from an overflow.
    /// </summary>
    public const int MaxLengthAdjustment = 64 * 1024;

    /// <summary>Most bytes that a codec writes before a message: the longest offset and a prefix of four.</summary>
    public const int MaxHeadBytes = MaxLengthOffset + sizeof(uint);
}
