namespace NetCore.Session;

/// <summary>Why a session ended. The numbers travel in GOAWAY frames and do not change.</summary>
public enum SessionError : uint
{
    /// <summary>In order: both sides were done.</summary>
    None = 0,

    /// <summary>The connection below was lost.</summary>
    ConnectionLost = 1,

    /// <summary>This side aborted it.</summary>
    Aborted = 2,

    /// <summary>The peer sent no hello in time.</summary>
    HandshakeTimeout = 3,

    /// <summary>
    /// The peer does not speak this protocol: its first bytes are no hello, or the magic number is another.
    /// </summary>
    NotThisProtocol = 4,

    /// <summary>The two sides have no wire version in common.</summary>
    IncompatibleVersion = 5,

    /// <summary>A hello with limits that are out of range.</summary>
    BadHello = 6,

    /// <summary>A frame that is malformed: unknown kind, reserved bits, wrong length.</summary>
    BadFrame = 7,

    /// <summary>A frame longer than allowed.</summary>
    FrameTooLarge = 8,

    /// <summary>A frame's checksum does not fit.</summary>
    BadChecksum = 9,

    /// <summary>A compressed payload cannot be expanded within its limits.</summary>
    BadCompression = 10,

    /// <summary>
    /// A frame that is not legal now: a stream opened with an old or even number, data after the end.
    /// </summary>
    IllegalTransition = 11,

    /// <summary>The peer sent more than its credit, or granted more than fits.</summary>
    FlowControl = 12,

    /// <summary>The peer did not answer a ping.</summary>
    PeerDead = 13,

    /// <summary>No stream for the idle time.</summary>
    Idle = 14,

    /// <summary>The peer began a frame and did not finish it in time.</summary>
    FrameTimeout = 15,

    /// <summary>The peer does not read what it asked for.</summary>
    SlowConsumer = 16,

    /// <summary>Too many control frames, or too many resets of running work.</summary>
    TooManyControlFrames = 17,

    /// <summary>This side is stopping in order and takes no new streams.</summary>
    Draining = 18,

    /// <summary>This side's memory budget is used up.</summary>
    OutOfMemoryBudget = 19,

    /// <summary>Code above the session failed; the log has the exception.</summary>
    HandlerFailed = 20,
}
