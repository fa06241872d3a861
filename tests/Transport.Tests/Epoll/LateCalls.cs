using NetCore.Native;

namespace NetCore.Transport.Tests;

/// <summary>The kernel, and events that are held back: they come when their descriptor may be closed.</summary>
/// <remarks>
/// As in a batch in which an event stands behind another one whose handler closes its descriptor. For the thread that
/// waits.
/// </remarks>
internal sealed class LateCalls : ISystemCalls
{
    private readonly SystemCalls _kernel = new();
    private readonly List<(EpollFlags Flags, ulong Data)> _held = [];

    /// <summary>Whether what is found is held back from now on.</summary>
    public bool Hold { get; set; }

    public int Held => _held.Count;

    /// <summary>Events that came late.</summary>
    public int Late { get; private set; }

    public SyscallResult Receive(int descriptor, Span<byte> into) => _kernel.Receive(descriptor, into);

    public SyscallResult Send(int descriptor, ReadOnlySpan<byte> bytes) => _kernel.Send(descriptor, bytes);

    public SyscallResult Send(int descriptor, ReadOnlySpan<IoVector> vectors) => _kernel.Send(descriptor, vectors);

    public SyscallResult Accept(int listener) => _kernel.Accept(listener);

    public SyscallResult Wait(int epoll, EpollEvents events, int timeoutMilliseconds)
    {
        var result = _kernel.Wait(epoll, events, timeoutMilliseconds);
        if (Hold)
        {
            for (var i = 0; i < result.Value; i++)
            {
                _held.Add((events.Flags(i), events.Data(i)));
            }

            return default;
        }

        foreach (var (flags, data) in _held)
        {
            Write(events, result.Value, flags, data);
            result = new SyscallResult(result.Value + 1, Errno.None);
            Late++;
        }

        _held.Clear();
        return result;
    }

    private static unsafe void Write(EpollEvents events, int index, EpollFlags flags, ulong data) =>
        EpollEvents.Write(
            new Span<byte>(events.Buffer + (index * EpollEvents.Stride), EpollEvents.Stride), flags, data);
}
