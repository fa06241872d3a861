using NetCore.Native;
using NetCore.Native.Uring;

namespace NetCore.Transport.Tests;

/// <summary>The kernel's rings, with a count of the enters that a signal has interrupted.</summary>
internal sealed unsafe class CountingRing : IUringCalls
{
    private readonly UringKernel _kernel = new();
    private int _interruptions;

    public int Interruptions => Volatile.Read(ref _interruptions);

    public SyscallResult Setup(uint entries, ref RingParameters parameters) => _kernel.Setup(entries, ref parameters);

    public SyscallResult Enter(int ring, uint submit, uint least, EnterFlags flags, WaitArgument* argument)
    {
        var result = _kernel.Enter(ring, submit, least, flags, argument);
        if (result.Error == Errno.Interrupted)
        {
            Interlocked.Increment(ref _interruptions);
        }

        return result;
    }

    public SyscallResult Register(int ring, RegisterOperation operation, void* argument, uint count) =>
        _kernel.Register(ring, operation, argument, count);

    public SyscallResult Map(int ring, RingMapping what, nuint bytes, out byte* address) =>
        _kernel.Map(ring, what, bytes, out address);

    public void Unmap(byte* address, nuint bytes) => _kernel.Unmap(address, bytes);

    public void Close(int ring) => _kernel.Close(ring);

    public void Pause(int milliseconds) => _kernel.Pause(milliseconds);
}
