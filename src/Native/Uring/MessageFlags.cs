namespace NetCore.Native.Uring;

/// <summary>Flags of a transfer (<c>sys/socket.h</c>, MSG_), the same on x64 and Arm64.</summary>
[Flags]
internal enum MessageFlags : uint
{
    None = 0,

    /// <summary>The kernel goes on until all is sent or received; in a ring since Linux 5.19.</summary>
    WaitAll = 0x100,

    /// <summary>No SIGPIPE when the peer has gone.</summary>
    NoSignal = 0x4000,
}
