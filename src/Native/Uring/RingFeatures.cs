namespace NetCore.Native.Uring;

/// <summary>
/// What a user of a ring can rely on; each can be switched off by <see cref="RingOptions.Disabled"/>.
/// </summary>
[Flags]
internal enum RingFeatures
{
    None = 0,

    /// <summary>The rungs with <see cref="SetupFlags.NoSubmissionArray"/>.</summary>
    NoSubmissionArray = 1 << 0,

    /// <summary>The rungs with <see cref="SetupFlags.DeferTaskRun"/>.</summary>
    DeferTaskRun = 1 << 1,

    /// <summary>Waits with <see cref="EnterFlags.NoIoWait"/>.</summary>
    NoIoWait = 1 << 2,

    /// <summary><see cref="BufferRing"/>; whether the kernel really has it, its making tells.</summary>
    BufferRing = 1 << 3,

    /// <summary><see cref="TransferFlags.ReceiveMultishot"/>.</summary>
    ReceiveMultishot = 1 << 4,

    /// <summary><see cref="AcceptFlags.Multishot"/>.</summary>
    AcceptMultishot = 1 << 5,

    /// <summary><see cref="TransferFlags.PollFirst"/> and <see cref="CompletionFlags.SocketNotEmpty"/>.</summary>
    PollFirst = 1 << 6,

    /// <summary><see cref="MessageFlags.WaitAll"/> of a send goes on after a part of it.</summary>
    SendAll = 1 << 7,

    /// <summary><see cref="SubmissionEntry.CancelAll"/>.</summary>
    CancelAll = 1 << 8,
}
