namespace NetCore.Native.Uring;

/// <summary>Flags of a submission entry (<c>linux/io_uring.h</c>, IOSQE_).</summary>
[Flags]
internal enum EntryFlags : byte
{
    None = 0,

    /// <summary>The next entry starts when this one has succeeded; since Linux 5.3.</summary>
    Link = 1 << 2,

    /// <summary>A kernel thread does it; since Linux 5.6. For tests: it makes completions late.</summary>
    Asynchronous = 1 << 4,

    /// <summary>The kernel takes a buffer of the group; since Linux 5.7.</summary>
    BufferSelect = 1 << 5,
}
