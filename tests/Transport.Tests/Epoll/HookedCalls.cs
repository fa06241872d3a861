using NetCore.Native;

namespace NetCore.Transport.Tests;

/// <summary>The kernel, and a test that acts at the moment of a receive, an accept or a failure.</summary>
internal sealed class HookedCalls : ISystemCalls
{
    private readonly SystemCalls _kernel = new();

    /// <summary>Called with the bytes of each receive, on the thread that receives.</summary>
    public Action<int>? Received { get; set; }

    /// <summary>Called with the descriptor of each accepted connection.</summary>
    public Action<int>? Accepted { get; set; }

    /// <summary>Called with the error of each send that has failed, on the thread that sends.</summary>
    public Action<Errno>? SendFailed { get; set; }

    public SyscallResult Receive(int descriptor, Span<byte> into)
    {
        var result = _kernel.Receive(descriptor, into);
        if (result.Value > 0)
        {
            Received?.Invoke(result.Value);
        }

        return result;
    }

    public SyscallResult Send(int descriptor, ReadOnlySpan<byte> bytes) => Sent(_kernel.Send(descriptor, bytes));

    public SyscallResult Send(int descriptor, ReadOnlySpan<IoVector> vectors) =>
        Sent(_kernel.Send(descriptor, vectors));

    public SyscallResult Accept(int listener)
    {
        var result = _kernel.Accept(listener);
        if (result.IsOk)
        {
            Accepted?.Invoke(result.Value);
        }

        return result;
    }

    public SyscallResult Wait(int epoll, EpollEvents events, int timeoutMilliseconds) =>
        _kernel.Wait(epoll, events, timeoutMilliseconds);

    private SyscallResult Sent(SyscallResult result)
    {
        if (!result.IsOk && !result.WouldBlock)
        {
            SendFailed?.Invoke(result.Error);
        }

        return result;
    }
}
