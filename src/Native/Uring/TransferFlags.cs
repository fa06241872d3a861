namespace NetCore.Native.Uring;

/// <summary>
/// How a receive or send is done, in the field <c>ioprio</c> (<c>linux/io_uring.h</c>, IORING_RECVSEND_ and
/// IORING_RECV_).
/// </summary>
[Flags]
internal enum TransferFlags : ushort
{
    None = 0,

    /// <summary>Waits for readiness before the first try; since Linux 5.19.</summary>
    PollFirst = 1 << 0,

    /// <summary>A receive completes each time something has come; since Linux 6.0.</summary>
    ReceiveMultishot = 1 << 1,
}
