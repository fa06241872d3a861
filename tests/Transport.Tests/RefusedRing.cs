using NetCore.Native;
using NetCore.Native.Uring;

namespace NetCore.Transport.Tests;

/// <summary>A kernel that gives no ring.</summary>
internal sealed unsafe class RefusedRing(Errno error) : IUringCalls
{
    public SyscallResult Setup(uint entries, ref RingParameters parameters) => SyscallResult.Failed(error);

    public SyscallResult Enter(int ring, uint submit, uint least, EnterFlags flags, WaitArgument* argument) =>
        throw new InvalidOperationException("There is no ring.");

    public SyscallResult Register(int ring, RegisterOperation operation, void* argument, uint count) =>
        throw new InvalidOperationException("There is no ring.");

    public SyscallResult Map(int ring, RingMapping what, nuint bytes, out byte* address) =>
        throw new InvalidOperationException("There is no ring.");

    public void Unmap(byte* address, nuint bytes) => throw new InvalidOperationException("There is no ring.");

    public void Close(int ring) => throw new InvalidOperationException("There is no ring.");

    public void Pause(int milliseconds)
    {
    }
}
