using NetCore.Native;
using NetCore.Native.Uring;

namespace NetCore.Transport.Tests;

/// <summary>The kernel's rings, with a count of the enters, and of those that a signal has interrupted.</summary>
internal sealed unsafe class CountingRing : WrappedRing
{
    private int _interruptions;
    private long _enters;
    private long _submitted;

    public int Interruptions => Volatile.Read(ref _interruptions);

    public long Enters => Volatile.Read(ref _enters);

    /// <summary>Requests that the kernel has taken.</summary>
    public long Submitted => Volatile.Read(ref _submitted);

    public override SyscallResult Enter(int ring, uint submit, uint least, EnterFlags flags, WaitArgument* argument)
    {
        // Before the call, which takes them and may then sleep.
        Interlocked.Increment(ref _enters);
        Interlocked.Add(ref _submitted, submit);
        var result = base.Enter(ring, submit, least, flags, argument);
        Interlocked.Add(ref _submitted, Math.Max(0, result.Value) - submit);
        if (result.Error == Errno.Interrupted)
        {
            Interlocked.Increment(ref _interruptions);
        }

        return result;
    }
}
