using NetCore.Native;
using NetCore.Native.Uring;

namespace NetCore.Transport.Tests;

/// <summary>A kernel with a defect: its completions are other ones than they should be.</summary>
internal sealed unsafe class LyingRing(Func<Completion, Completion> lie, Errno buffers = Errno.None) : WrappedRing
{
    private uint _seen;

    public override SyscallResult Enter(int ring, uint submit, uint least, EnterFlags flags, WaitArgument* argument)
    {
        var result = base.Enter(ring, submit, least, flags, argument);
        var made = Parameters.Completion;
        var all = (Completion*)At(made.Completions);
        for (var tail = Volatile.Read(ref *At(made.Tail)); _seen != tail; _seen++)
        {
            var at = all + (_seen & *At(made.Mask));
            *at = lie(*at);
        }

        return result;
    }

    /// <summary>A ring of buffers may be refused.</summary>
    public override SyscallResult Register(int ring, RegisterOperation operation, void* argument, uint count) =>
        operation == RegisterOperation.AddBufferRing && buffers != Errno.None
            ? SyscallResult.Failed(buffers) : base.Register(ring, operation, argument, count);
}
