using NetCore.Native;

namespace NetCore.Transport.Tests;

/// <summary>
/// The first connection that is accepted gives a full buffer at each receive, without end. In the middle of that, on
/// the reactor's thread, something is raised, so that what follows is counted exactly.
/// </summary>
internal sealed class Firehose : ISystemCalls
{
    private const int RaiseAt = 1000;

    private readonly SystemCalls _kernel = new();
    private int _descriptor = -1;
    private int _receives;
    private volatile bool _flows;

    public Action? Raise { get; set; }

    public int Receives => _receives;

    public bool Raised => _receives >= RaiseAt;

    public int SinceRaised => _receives - RaiseAt;

    public void Begin() => _flows = true;

    public void End() => _flows = false;

    public SyscallResult Receive(int descriptor, Span<byte> into)
    {
        if (!_flows || descriptor != _descriptor)
        {
            return _kernel.Receive(descriptor, into);
        }

        if (++_receives == RaiseAt)
        {
            Raise!();
        }

        return new SyscallResult(into.Length, Errno.None);
    }

    public SyscallResult Send(int descriptor, ReadOnlySpan<byte> bytes) => _kernel.Send(descriptor, bytes);

    public SyscallResult Send(int descriptor, ReadOnlySpan<IoVector> vectors) => _kernel.Send(descriptor, vectors);

    public SyscallResult Accept(int listener)
    {
        var result = _kernel.Accept(listener);
        if (result.IsOk && _descriptor < 0)
        {
            _descriptor = result.Value;
        }

        return result;
    }

    public SyscallResult Wait(int epoll, EpollEvents events, int timeoutMilliseconds) =>
        _kernel.Wait(epoll, events, timeoutMilliseconds);
}
