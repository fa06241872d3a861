namespace NetCore.Framing;

/// <summary>
/// The answer of a decoder: a frame, a wait for more bytes, or the violation that ends the connection.
/// </summary>
public enum FrameStatus
{
    /// <summary>There it is.</summary>
    Complete,

    /// <summary>No violation so far; call again with the same bytes and more.</summary>
    NeedMore,

    /// <summary>The payload length is above <see cref="FramingLimits.MaxPayloadBytes"/>.</summary>
    PayloadTooLarge,

    /// <summary>The kind is not one of <see cref="FrameKind"/>.</summary>
    UnknownKind,

    /// <summary>A reserved flag, a reserved bit of byte 7, or a class without a meaning.</summary>
    ReservedBitsSet,

    /// <summary>The upper protocol is not one of <see cref="UpperProtocol"/>.</summary>
    UnknownProtocol,

    /// <summary>End, More or Compressed on another kind than Open and Data, or End together with More.</summary>
    IllegalFlags,

    /// <summary>No stream on Open, Data or Reset, or a stream on Hello, Ping, Pong or GoAway.</summary>
    IllegalStreamId,

    /// <summary>The payload length is none that this kind can have.</summary>
    IllegalLength,

    /// <summary>The checksum differs from header and payload.</summary>
    ChecksumMismatch,

    /// <summary>The declared size is out of bounds, or the LZ4 block does not decode to exactly that size.</summary>
    DecompressionFailed,
}
