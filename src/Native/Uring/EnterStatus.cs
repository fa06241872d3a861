namespace NetCore.Native.Uring;

/// <summary>How an enter went.</summary>
internal enum EnterStatus
{
    /// <summary>
    /// All that was pending is submitted. What was waited for is there, or the wait ended otherwise: an enter that has
    /// submitted something tells only that.
    /// </summary>
    Done,

    /// <summary>The time is over, and there was nothing to submit.</summary>
    TimedOut,

    /// <summary>A signal came, or only a part was submitted: look at what is there and enter again.</summary>
    Interrupted,

    /// <summary>
    /// The kernel takes no more (EBUSY, EAGAIN): take completions, then enter again. What was pending still is.
    /// </summary>
    Full,

    /// <summary>
    /// The kernel had no memory to keep completions and has lost some (EBADR): requests never complete.
    /// </summary>
    Lost,

    /// <summary>Another error: the ring cannot be used.</summary>
    Failed,
}
