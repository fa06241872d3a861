namespace NetCore.Native.Uring;

/// <summary>Operations of a submission entry (<c>linux/io_uring.h</c>, IORING_OP_).</summary>
internal enum Operation : byte
{
    /// <summary>Does nothing; since Linux 5.1.</summary>
    Nothing = 0,

    /// <summary>Waits for readiness; since Linux 5.1.</summary>
    PollAdd = 6,

    /// <summary><c>sendmsg</c>; since Linux 5.3.</summary>
    SendMessage = 9,

    /// <summary>Completes after a time; since Linux 5.4.</summary>
    Timeout = 11,

    /// <summary><c>accept4</c>; since Linux 5.5.</summary>
    Accept = 13,

    /// <summary>Cancels a request; since Linux 5.5.</summary>
    Cancel = 14,

    /// <summary>Cancels the request that is linked before it after a time; since Linux 5.5.</summary>
    LinkTimeout = 15,

    /// <summary><c>connect</c>; since Linux 5.5.</summary>
    Connect = 16,

    /// <summary><c>read</c>; since Linux 5.6.</summary>
    Read = 22,

    /// <summary><c>send</c>; since Linux 5.6.</summary>
    Send = 26,

    /// <summary><c>recv</c>; since Linux 5.6.</summary>
    Receive = 27,

    /// <summary><c>socket</c>; since Linux 5.19, whose other news no probe tells.</summary>
    Socket = 45,

    /// <summary><c>send</c> without a copy; since Linux 6.0, whose other news no probe tells.</summary>
    SendZeroCopy = 47,
}
