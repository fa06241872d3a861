using NetCore.Native;

namespace NetCore.Transport.Tests;

/// <summary>The kernel, and how often it was entered to receive, to send and to wait.</summary>
internal sealed class CountedCalls : ISystemCalls
{
    private readonly SystemCalls _kernel = new();
    private long _count;

    public long Count => Volatile.Read(ref _count);

    public SyscallResult Receive(int descriptor, Span<byte> into)
    {
        Interlocked.Increment(ref _count);
        return _kernel.Receive(descriptor, into);
    }

    public SyscallResult Send(int descriptor, ReadOnlySpan<byte> bytes)
    {
        Interlocked.Increment(ref _count);
        return _kernel.Send(descriptor, bytes);
    }

    public SyscallResult Send(int descriptor, ReadOnlySpan<IoVector> vectors)
    {
        Interlocked.Increment(ref _count);
        return _kernel.Send(descriptor, vectors);
    }

    public SyscallResult Accept(int listener) => _kernel.Accept(listener);

    public SyscallResult Wait(int epoll, EpollEvents events, int timeoutMilliseconds)
    {
        Interlocked.Increment(ref _count);
        return _kernel.Wait(epoll, events, timeoutMilliseconds);
    }
}
