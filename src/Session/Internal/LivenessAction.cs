namespace NetCore.Session.Internal;

/// <summary>What a look at the clock found.</summary>
internal enum LivenessAction
{
    /// <summary>All is well.</summary>
    None,

    /// <summary>It has been quiet: ask the peer.</summary>
    Ping,

    /// <summary>No hello in time.</summary>
    HandshakeTimeout,

    /// <summary>The peer did not answer.</summary>
    PeerDead,

    /// <summary>A frame was begun and not finished.</summary>
    FrameTimeout,

    /// <summary>Output waits and nothing goes out.</summary>
    SlowConsumer,

    /// <summary>The time to end in order is over.</summary>
    Overdue,

    /// <summary>Nothing happened for long.</summary>
    Idle,
}
