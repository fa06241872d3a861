namespace NetCore.Native.Uring;

/// <summary>What the kernel tells in the submission queue (<c>linux/io_uring.h</c>, IORING_SQ_).</summary>
[Flags]
internal enum QueueFlags : uint
{
    None = 0,

    /// <summary>Completions wait outside the queue for room and an enter; since Linux 5.8.</summary>
    CompletionOverflow = 1u << 1,

    /// <summary>There is work that an enter would run; since Linux 5.19.</summary>
    TaskRun = 1u << 2,
}
