using NetCore.Native.Internal;

namespace NetCore.Native;

/// <summary>The rare calls of an event loop: it is made, a descriptor is registered, it is woken.</summary>
internal static unsafe class Epoll
{
    private const int CloseOnExec = 0x80000;
    private const int MaxEventBytes = 16;

    /// <summary>A new epoll descriptor.</summary>
    public static SyscallResult Create() => Result.Of(LibC.EpollCreate1(CloseOnExec));

    /// <summary>A new counter that wakes who waits for it.</summary>
    public static SyscallResult CreateWakeUp() => Result.Of(LibC.EventFd(0, CloseOnExec | Sockets.NonBlocking));

    /// <summary>Adds, changes or removes what is waited for.</summary>
    /// <param name="epoll">The epoll descriptor.</param>
    /// <param name="operation">What to do.</param>
    /// <param name="descriptor">With which descriptor.</param>
    /// <param name="flags">The events.</param>
    /// <param name="data">Comes with each event.</param>
    public static SyscallResult Control(
        int epoll, EpollOperation operation, int descriptor, EpollFlags flags, ulong data)
    {
        var descriptorEvent = stackalloc byte[MaxEventBytes];
        EpollEvents.Write(new Span<byte>(descriptorEvent, MaxEventBytes), flags, data);
        return Result.Of(LibC.EpollCtl(epoll, (int)operation, descriptor, descriptorEvent));
    }

    /// <summary>Adds one to the counter: an edge for who waits.</summary>
    public static SyscallResult Wake(int wakeUp)
    {
        ulong one = 1;
        return Result.Of(LibC.Write(wakeUp, &one, sizeof(ulong)));
    }
}
