using NetCore.Native;
using NetCore.Native.Uring;

namespace NetCore.Transport.Tests;

/// <summary>A kernel that refuses buffers to rings: the first, the second and so on, and of so many entries.</summary>
/// <remarks>A ring that takes the place of one that was closed has its number.</remarks>
internal sealed unsafe class BufferlessRing(Func<int, uint, Errno> refusal) : IUringCalls
{
    private readonly UringKernel _kernel = new();
    private readonly List<int> _open = [];
    private uint _entries;

    public SyscallResult Setup(uint entries, ref RingParameters parameters)
    {
        var made = _kernel.Setup(entries, ref parameters);
        _entries = parameters.SubmissionEntries;
        if (made.IsOk)
        {
            _open.Add(made.Value);
        }

        return made;
    }

    public SyscallResult Enter(int ring, uint submit, uint least, EnterFlags flags, WaitArgument* argument) =>
        _kernel.Enter(ring, submit, least, flags, argument);

    public SyscallResult Register(int ring, RegisterOperation operation, void* argument, uint count) =>
        operation == RegisterOperation.AddBufferRing && refusal(_open.Count, _entries) is not Errno.None and var error
            ? SyscallResult.Failed(error) : _kernel.Register(ring, operation, argument, count);

    public SyscallResult Map(int ring, RingMapping what, nuint bytes, out byte* address) =>
        _kernel.Map(ring, what, bytes, out address);

    public void Unmap(byte* address, nuint bytes) => _kernel.Unmap(address, bytes);

    public void Close(int ring)
    {
        _open.Remove(ring);
        _kernel.Close(ring);
    }

    public void Pause(int milliseconds)
    {
    }
}
