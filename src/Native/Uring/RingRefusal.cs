namespace NetCore.Native.Uring;

/// <summary>Why there is no ring.</summary>
internal enum RingRefusal
{
    None,

    /// <summary>The kernel has no io_uring, or something between hides it (ENOSYS).</summary>
    NotAvailable,

    /// <summary>A setting, a seccomp filter or a security module refuses it (EPERM, EACCES).</summary>
    NotPermitted,

    /// <summary>The kernel has io_uring, but not what is needed of it.</summary>
    TooOld,

    /// <summary>Memory, or the limit of locked memory, is used up (ENOMEM).</summary>
    NoMemory,

    /// <summary>There are too many open files (EMFILE, ENFILE).</summary>
    TooManyFiles,

    /// <summary>Another error.</summary>
    Failed,
}
