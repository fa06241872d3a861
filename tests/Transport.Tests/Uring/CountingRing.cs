using NetCore.Native;
using NetCore.Native.Uring;

namespace NetCore.Transport.Tests;

/// <summary>The kernel's rings, with a count of the enters that a signal has interrupted.</summary>
internal sealed unsafe class CountingRing : WrappedRing
{
    private int _interruptions;

    public int Interruptions => Volatile.Read(ref _interruptions);

    public override SyscallResult Enter(int ring, uint submit, uint least, EnterFlags flags, WaitArgument* argument)
    {
        var result = base.Enter(ring, submit, least, flags, argument);
        if (result.Error == Errno.Interrupted)
        {
            Interlocked.Increment(ref _interruptions);
        }

        return result;
    }
}
