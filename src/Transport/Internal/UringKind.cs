namespace NetCore.Transport.Internal;

/// <summary>What a request to a ring is, in the top byte of what comes with its completion.</summary>
internal enum UringKind : byte
{
    /// <summary>Watches the counter that wakes the reactor.</summary>
    Wake,
    Receive,
    Send,
    Accept,

    /// <summary>Waits for the answer of a connect, then for a hang-up.</summary>
    Poll,

    /// <summary>Cancels another request.</summary>
    Cancel,
}
