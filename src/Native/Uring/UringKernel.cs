using System.Runtime.CompilerServices;
using NetCore.Native.Internal;

namespace NetCore.Native.Uring;

/// <summary>The kernel's own answers. Stateless and thread-safe.</summary>
internal sealed unsafe class UringKernel : IUringCalls
{
    // The newer calls have the same numbers on every architecture.
    private const int SetupNumber = 425;
    private const int EnterNumber = 426;
    private const int RegisterNumber = 427;

    private const int ReadWrite = 3;
    private const int Shared = 1;
    private const int Populate = 0x8000;
    private const int NotInChildren = 10;

    public SyscallResult Setup(uint entries, ref RingParameters parameters)
    {
        fixed (RingParameters* pointer = &parameters)
        {
            return Call(SetupNumber, (nint)entries, (nint)pointer, 0, 0, 0, 0);
        }
    }

    public SyscallResult Enter(int ring, uint submit, uint least, EnterFlags flags, WaitArgument* argument) => Call(
        EnterNumber,
        ring,
        (nint)submit,
        (nint)least,
        (nint)(uint)flags,
        (nint)argument,
        argument is null ? 0 : sizeof(WaitArgument));

    public SyscallResult Register(int ring, RegisterOperation operation, void* argument, uint count) =>
        Call(RegisterNumber, ring, (nint)(uint)operation, (nint)argument, (nint)count, 0, 0);

    public SyscallResult Map(int ring, RingMapping what, nuint bytes, out byte* address)
    {
        address = LibC.Map(null, bytes, ReadWrite, Shared | Populate, ring, (nint)(ulong)what);
        if ((nint)address == -1)
        {
            address = null;
            return Result.Of(-1);
        }

        // A child that wrote there would write into the ring of its parent.
        _ = LibC.Advise(address, bytes, NotInChildren);
        return default;
    }

    public void Unmap(byte* address, nuint bytes) => _ = LibC.Unmap(address, bytes);

    public void Close(int ring) => _ = LibC.Close(ring);

    public void Pause(int milliseconds) => _ = LibC.Poll(null, 0, milliseconds);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static SyscallResult Call(nint number, nint a, nint b, nint c, nint d, nint e, nint f) =>
        Result.Of(LibC.SystemCall(number, a, b, c, d, e, f));
}
