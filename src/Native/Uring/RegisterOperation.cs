namespace NetCore.Native.Uring;

/// <summary>Operations of <c>io_uring_register</c> (<c>linux/io_uring.h</c>, IORING_REGISTER_).</summary>
internal enum RegisterOperation : uint
{
    /// <summary>Tells the operations that the kernel has; since Linux 5.6.</summary>
    Probe = 8,

    /// <summary>Starts a ring that was made disabled; since Linux 5.10.</summary>
    EnableRings = 12,

    /// <summary>Adds a ring of buffers; since Linux 5.19.</summary>
    AddBufferRing = 22,

    /// <summary>Removes a ring of buffers; since Linux 5.19.</summary>
    RemoveBufferRing = 23,
}
