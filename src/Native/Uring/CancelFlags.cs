namespace NetCore.Native.Uring;

/// <summary>Which requests are cancelled (<c>linux/io_uring.h</c>, IORING_ASYNC_CANCEL_).</summary>
[Flags]
internal enum CancelFlags : uint
{
    None = 0,

    /// <summary>All that match, and not the first one only; since Linux 5.19.</summary>
    All = 1u << 0,

    /// <summary>Each request matches; since Linux 5.19.</summary>
    Any = 1u << 2,
}
