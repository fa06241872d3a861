namespace NetCore.Native.Uring;

/// <summary>Flags of <c>io_uring_setup</c> (<c>linux/io_uring.h</c>, IORING_SETUP_).</summary>
[Flags]
internal enum SetupFlags : uint
{
    None = 0,

    /// <summary>The caller sets the size of the completion queue; since Linux 5.5.</summary>
    CompletionQueueSize = 1u << 3,

    /// <summary>Sizes that are too large become the largest; since Linux 5.6.</summary>
    Clamp = 1u << 4,

    /// <summary>The ring takes nothing until it is enabled; since Linux 5.10.</summary>
    StartDisabled = 1u << 6,

    /// <summary>An entry that fails does not end the submission of those behind it; since Linux 5.18.</summary>
    SubmitAll = 1u << 7,

    /// <summary>A completion does not interrupt the thread of the ring; since Linux 5.19.</summary>
    CooperativeTaskRun = 1u << 8,

    /// <summary>
    /// <see cref="QueueFlags.TaskRun"/> tells of work that waits for an enter; since Linux 5.19, with
    /// <see cref="CooperativeTaskRun"/> or <see cref="DeferTaskRun"/>.
    /// </summary>
    TaskRunFlag = 1u << 9,

    /// <summary>Only one thread submits; since Linux 6.0.</summary>
    SingleIssuer = 1u << 12,

    /// <summary>
    /// Completions appear only while the one thread asks for them; since Linux 6.1, with <see cref="SingleIssuer"/>.
    /// </summary>
    DeferTaskRun = 1u << 13,

    /// <summary>Entries are taken in their order, without an array of indices; since Linux 6.6.</summary>
    NoSubmissionArray = 1u << 16,
}
