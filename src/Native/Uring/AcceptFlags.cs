namespace NetCore.Native.Uring;

/// <summary>How an accept is done, in the field <c>ioprio</c> (<c>linux/io_uring.h</c>, IORING_ACCEPT_).</summary>
[Flags]
internal enum AcceptFlags : ushort
{
    None = 0,

    /// <summary>It completes for each connection; since Linux 5.19.</summary>
    Multishot = 1 << 0,
}
