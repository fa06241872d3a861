namespace NetCore.Native.Uring;

/// <summary>Flags of <c>io_uring_enter</c> (<c>linux/io_uring.h</c>, IORING_ENTER_).</summary>
[Flags]
internal enum EnterFlags : uint
{
    None = 0,

    /// <summary>Runs what is pending and waits for completions; since Linux 5.1.</summary>
    GetEvents = 1u << 0,

    /// <summary>The argument is a <see cref="WaitArgument"/>; since Linux 5.11.</summary>
    ExtendedArgument = 1u << 3,

    /// <summary>The wait does not count as waiting for a disk; since Linux 6.15.</summary>
    NoIoWait = 1u << 7,
}
