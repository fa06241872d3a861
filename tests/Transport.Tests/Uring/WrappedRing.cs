using NetCore.Native;
using NetCore.Native.Uring;

namespace NetCore.Transport.Tests;

/// <summary>The kernel's rings; what is derived from it changes something. For one ring when it looks inside.</summary>
internal unsafe class WrappedRing : IUringCalls
{
    private readonly UringKernel _kernel = new();
    private RingParameters _parameters;
    private byte* _queues;
    private SubmissionEntry* _requests;

    protected ref RingParameters Parameters => ref _parameters;

    /// <summary>The places of the requests.</summary>
    protected SubmissionEntry* Requests => _requests;

    /// <summary>What the kernel tells now.</summary>
    protected QueueFlags Flags => (QueueFlags)Volatile.Read(ref *At(_parameters.Submission.Flags));

    public SyscallResult Setup(uint entries, ref RingParameters parameters)
    {
        var result = _kernel.Setup(entries, ref parameters);
        _parameters = parameters;
        return result;
    }

    public virtual SyscallResult Enter(int ring, uint submit, uint least, EnterFlags flags, WaitArgument* argument) =>
        _kernel.Enter(ring, submit, least, flags, argument);

    public virtual SyscallResult Register(int ring, RegisterOperation operation, void* argument, uint count) =>
        _kernel.Register(ring, operation, argument, count);

    public SyscallResult Map(int ring, RingMapping what, nuint bytes, out byte* address)
    {
        var result = _kernel.Map(ring, what, bytes, out address);
        if (what == RingMapping.Entries)
        {
            _requests = (SubmissionEntry*)address;
        }
        else
        {
            _queues = address;
        }

        return result;
    }

    public void Unmap(byte* address, nuint bytes) => _kernel.Unmap(address, bytes);

    public void Close(int ring) => _kernel.Close(ring);

    public void Pause(int milliseconds) => _kernel.Pause(milliseconds);

    protected uint* At(uint offset) => (uint*)(_queues + offset);
}
