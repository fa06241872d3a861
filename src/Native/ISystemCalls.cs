namespace NetCore.Native;

/// <summary>The calls whose answers decide what a transport does next: the seam where tests put faults in.</summary>
/// <remarks>
/// An interrupted call is repeated inside, except the wait, which answers "no events". Descriptors are non-blocking.
/// </remarks>
internal interface ISystemCalls
{
    SyscallResult Receive(int descriptor, Span<byte> into);

    SyscallResult Send(int descriptor, ReadOnlySpan<byte> bytes);

    /// <summary>One gathered send; the memory is pinned by the caller.</summary>
    SyscallResult Send(int descriptor, ReadOnlySpan<IoVector> vectors);

    /// <summary>A new descriptor, non-blocking and closed on exec.</summary>
    SyscallResult Accept(int listener);

    /// <summary>Waits for events; how many there are.</summary>
    /// <param name="epoll">The descriptor.</param>
    /// <param name="events">Gets them.</param>
    /// <param name="timeoutMilliseconds">0 looks only, -1 waits for ever.</param>
    SyscallResult Wait(int epoll, EpollEvents events, int timeoutMilliseconds);
}
