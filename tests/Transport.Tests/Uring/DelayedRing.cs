using System.Collections.Concurrent;
using NetCore.Native;
using NetCore.Native.Uring;

namespace NetCore.Transport.Tests;

/// <summary>
/// The kernel's rings; who derives from it sees each request on its way in, and says how long a completion waits.
/// </summary>
internal abstract unsafe class DelayedRing : IUringCalls
{
    private readonly UringKernel _kernel = new();
    private readonly ConcurrentDictionary<int, DelayedQueue> _rings = new();

    public SyscallResult Setup(uint entries, ref RingParameters parameters)
    {
        var result = _kernel.Setup(entries, ref parameters);
        if (!result.IsOk)
        {
            return result;
        }

        var mapped = DelayedQueue.TryMap(_kernel, result.Value, parameters, out var queue);
        if (!mapped.IsOk)
        {
            _kernel.Close(result.Value);
            return mapped;
        }

        _rings[result.Value] = queue!;
        return result;
    }

    public virtual SyscallResult Enter(int ring, uint submit, uint least, EnterFlags flags, WaitArgument* argument)
    {
        var queue = Queue(ring);
        for (uint i = 0; i < submit; i++)
        {
            OnSubmit(queue, queue.Entry(i));
        }

        queue.Submit();
        var result = _kernel.Enter(ring, submit, queue.IsDue ? 0 : least, flags, argument);
        queue.Turn(Turns);
        return result;
    }

    public SyscallResult Register(int ring, RegisterOperation operation, void* argument, uint count) =>
        _kernel.Register(ring, operation, argument, count);

    public SyscallResult Map(int ring, RingMapping what, nuint bytes, out byte* address) =>
        _rings[ring].Map(ring, what, bytes, out address);

    public void Unmap(byte* address, nuint bytes)
    {
        foreach (var (ring, queue) in _rings)
        {
            if (queue.TryUnmap(address))
            {
                // The number may be another ring's by now.
                _rings.TryRemove(KeyValuePair.Create(ring, queue));
                return;
            }
        }

        _kernel.Unmap(address, bytes);
    }

    public void Close(int ring) => _kernel.Close(ring);

    public void Pause(int milliseconds) => _kernel.Pause(milliseconds);

    protected DelayedQueue Queue(int ring) => _rings[ring];

    /// <summary>A request on its way in, which may be changed.</summary>
    protected abstract void OnSubmit(DelayedQueue queue, SubmissionEntry* entry);

    /// <summary>How many enters a completion waits, or <see cref="DelayedQueue.Held"/>.</summary>
    protected abstract int Turns(Completion completion);
}
