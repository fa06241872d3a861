namespace NetCore.Session.Internal;

/// <summary>Where a stream is in its life.</summary>
internal enum StreamPhase
{
    /// <summary>Not in use, or ended.</summary>
    Ended,

    /// <summary>Opened by this side; its first frame is not chosen yet, so it has no number.</summary>
    Waiting,

    /// <summary>Has a number and stands in the table.</summary>
    Open,
}
