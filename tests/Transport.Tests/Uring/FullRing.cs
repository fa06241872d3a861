using NetCore.Native;
using NetCore.Native.Uring;

namespace NetCore.Transport.Tests;

/// <summary>
/// A ring that takes requests only with an enter that asks for completions too, as the kernel does while some lie
/// outside of the queue; it notes whether any did.
/// </summary>
internal sealed unsafe class FullRing : WrappedRing
{
    private volatile bool _refuses;
    private volatile bool _overflowed;

    public bool Refuses
    {
        set => _refuses = value;
    }

    /// <summary>Whether the kernel had completions for which the queue had no place.</summary>
    public bool Overflowed => _overflowed;

    public override SyscallResult Enter(int ring, uint submit, uint least, EnterFlags flags, WaitArgument* argument)
    {
        NoteOverflow();
        if (_refuses && (flags & EnterFlags.GetEvents) == 0)
        {
            return SyscallResult.Failed(Errno.Busy);
        }

        var result = base.Enter(ring, submit, least, flags, argument);
        NoteOverflow();
        return result;
    }

    private void NoteOverflow() => _overflowed |= (Flags & QueueFlags.CompletionOverflow) != 0;
}
