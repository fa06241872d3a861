namespace NetCore.Native;

/// <summary>Events of <c>epoll</c> (<c>sys/epoll.h</c>).</summary>
[Flags]
internal enum EpollFlags : uint
{
    None = 0,
    In = 0x1,

    /// <summary>There is urgent data (or what else is out of the ordinary).</summary>
    Priority = 0x2,
    Out = 0x4,
    Error = 0x8,
    HangUp = 0x10,

    /// <summary>The peer sends no more; since Linux 2.6.17.</summary>
    ReadHangUp = 0x2000,
    EdgeTriggered = 1u << 31,
}
