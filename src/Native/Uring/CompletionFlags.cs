namespace NetCore.Native.Uring;

/// <summary>Flags of a completion (<c>linux/io_uring.h</c>, IORING_CQE_F_).</summary>
[Flags]
internal enum CompletionFlags : uint
{
    None = 0,

    /// <summary>The upper 16 bits name a buffer; since Linux 5.7.</summary>
    Buffer = 1u << 0,

    /// <summary>The request goes on and completes again; since Linux 5.13.</summary>
    More = 1u << 1,

    /// <summary>The socket has more to receive; since Linux 5.19.</summary>
    SocketNotEmpty = 1u << 2,

    /// <summary>The kernel has done with the memory of a send without a copy; since Linux 6.0.</summary>
    Notification = 1u << 3,
}
