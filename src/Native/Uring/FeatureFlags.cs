namespace NetCore.Native.Uring;

/// <summary>What <c>io_uring_setup</c> says the kernel can do (<c>linux/io_uring.h</c>, IORING_FEAT_).</summary>
[Flags]
internal enum FeatureFlags : uint
{
    None = 0,

    /// <summary>Both queues lie in one mapping; since Linux 5.4.</summary>
    SingleMapping = 1u << 0,

    /// <summary>Completions that do not fit are kept until they do; since Linux 5.5.</summary>
    NoDrop = 1u << 1,

    /// <summary>What an entry points to, its data aside, may go once it is submitted; since Linux 5.5.</summary>
    SubmitStable = 1u << 2,

    /// <summary>A transfer that must wait is polled for, and holds no kernel thread; since Linux 5.7.</summary>
    FastPoll = 1u << 5,

    /// <summary>A wait takes a timeout; since Linux 5.11.</summary>
    ExtendedArgument = 1u << 8,

    /// <summary>A wait need not count as waiting for a disk; since Linux 6.15.</summary>
    NoIoWait = 1u << 17,
}
