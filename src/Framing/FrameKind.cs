namespace NetCore.Framing;

/// <summary>What a frame is. Zero is no kind, so that a run of zero bytes is never a frame.</summary>
public enum FrameKind : byte
{
    /// <summary>First frame of each side: versions, features and limits.</summary>
    Hello = 1,

    /// <summary>Opens a stream and carries the first piece of its first message.</summary>
    Open = 2,

    /// <summary>A further piece of a stream.</summary>
    Data = 3,

    /// <summary>Ends a stream at once in both directions, with a code.</summary>
    Reset = 4,

    /// <summary>
    /// Allows the receiver to send more bytes on a stream, or on the connection when the stream id is 0.
    /// </summary>
    Credit = 5,

    /// <summary>Asks for a <see cref="Pong"/> with the same value.</summary>
    Ping = 6,

    /// <summary>Answers a <see cref="Ping"/>.</summary>
    Pong = 7,

    /// <summary>The sender accepts no further streams; names the last one that it took.</summary>
    GoAway = 8,
}
