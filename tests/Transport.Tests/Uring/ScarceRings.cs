using NetCore.Native;
using NetCore.Native.Uring;

namespace NetCore.Transport.Tests;

/// <summary>A kernel that gives so many rings, and then has no more locked memory.</summary>
internal sealed unsafe class ScarceRings(int rings) : IUringCalls
{
    private readonly UringKernel _kernel = new();
    private int _left = rings;

    /// <summary>There is memory again.</summary>
    public void Give(int more) => _left += more;

    public SyscallResult Setup(uint entries, ref RingParameters parameters)
    {
        if (_left == 0)
        {
            return SyscallResult.Failed(Errno.NoMemory);
        }

        var result = _kernel.Setup(entries, ref parameters);
        _left -= result.IsOk ? 1 : 0;
        return result;
    }

    public SyscallResult Enter(int ring, uint submit, uint least, EnterFlags flags, WaitArgument* argument) =>
        _kernel.Enter(ring, submit, least, flags, argument);

    public SyscallResult Register(int ring, RegisterOperation operation, void* argument, uint count) =>
        _kernel.Register(ring, operation, argument, count);

    public SyscallResult Map(int ring, RingMapping what, nuint bytes, out byte* address) =>
        _kernel.Map(ring, what, bytes, out address);

    public void Unmap(byte* address, nuint bytes) => _kernel.Unmap(address, bytes);

    public void Close(int ring) => _kernel.Close(ring);

    public void Pause(int milliseconds)
    {
    }
}
