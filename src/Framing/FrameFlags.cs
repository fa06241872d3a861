namespace NetCore.Framing;

/// <summary>Properties of one frame. The bits that have no name are reserved and must be zero.</summary>
[Flags]
public enum FrameFlags : byte
{
    /// <summary>No property.</summary>
    None = 0,

    /// <summary>Last frame of the sender's half of the stream. Only on Open and Data.</summary>
    End = 1,

    /// <summary>The message goes on in the next frame of this stream. Only on Open and Data, never with End.</summary>
    More = 2,

    /// <summary>The payload is a declared size and an LZ4 block. Only on Open and Data.</summary>
    Compressed = 4,

    /// <summary>Four bytes of CRC32C over header and payload follow the payload. On every kind.</summary>
    Checksum = 8,
}
