namespace NetCore.Native;

/// <summary>Repeats what a signal has interrupted: the only place that knows of interruptions.</summary>
/// <remarks>
/// A wait is not repeated, because its time would begin anew; it answers "no events". A structure as the kernel below
/// costs nothing, and tests put one there that interrupts.
/// </remarks>
/// <typeparam name="TKernel">Answers each call once.</typeparam>
internal class RepeatingCalls<TKernel>(TKernel kernel) : ISystemCalls
    where TKernel : struct, ISystemCalls
{
    private readonly TKernel _kernel = kernel;

    public SyscallResult Receive(int descriptor, Span<byte> into)
    {
        SyscallResult result;
        do
        {
            result = _kernel.Receive(descriptor, into);
        }
        while (result.Error == Errno.Interrupted);
        return result;
    }

    public SyscallResult Send(int descriptor, ReadOnlySpan<byte> bytes)
    {
        SyscallResult result;
        do
        {
            result = _kernel.Send(descriptor, bytes);
        }
        while (result.Error == Errno.Interrupted);
        return result;
    }

    public SyscallResult Send(int descriptor, ReadOnlySpan<IoVector> vectors)
    {
        SyscallResult result;
        do
        {
            result = _kernel.Send(descriptor, vectors);
        }
        while (result.Error == Errno.Interrupted);
        return result;
    }

    public SyscallResult Accept(int listener)
    {
        SyscallResult result;
        do
        {
            result = _kernel.Accept(listener);
        }
        while (result.Error == Errno.Interrupted);
        return result;
    }

    public SyscallResult Wait(int epoll, EpollEvents events, int timeoutMilliseconds)
    {
        var result = _kernel.Wait(epoll, events, timeoutMilliseconds);
        return result.Error == Errno.Interrupted ? default : result;
    }
}
