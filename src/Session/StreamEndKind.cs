namespace NetCore.Session;

/// <summary>The ways in which a stream ends.</summary>
public enum StreamEndKind
{
    /// <summary>Both halves ended in order.</summary>
    Completed,

    /// <summary>The peer reset it.</summary>
    ResetByPeer,

    /// <summary>
    /// The peer said in a GOAWAY frame that it has not accepted it and never will: it may go elsewhere.
    /// </summary>
    NotAccepted,

    /// <summary>The session ended first.</summary>
    SessionClosed,

    /// <summary>A message of the peer was larger than this side takes.</summary>
    MessageTooLarge,

    /// <summary>A message of the peer found no room in this side's memory budget.</summary>
    OutOfMemoryBudget,

    /// <summary>Its <see cref="SessionStream.Deadline"/> has passed; the peer was told if it may know of it.</summary>
    DeadlineExceeded,
}
