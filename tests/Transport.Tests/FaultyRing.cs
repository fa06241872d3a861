using NetCore.Native;
using NetCore.Native.Uring;

namespace NetCore.Transport.Tests;

/// <summary>Rings with the faults that the kernel's may have themselves, chosen by a seed.</summary>
/// <remarks>
/// No fault makes the kernel's state a lie. Requests are changed after they were made and before they are submitted:
/// a transfer asks for less, or is done by a kernel thread, whose completion comes late and after others. An enter is
/// interrupted or refused before it has done anything. A completion comes some enters late, and after those of other
/// requests: so a transfer may be over, of which it is not known yet when it is cancelled. A cancel finds nothing: the
/// kernel's may miss a request that is between two of its places.
/// </remarks>
internal sealed unsafe class FaultyRing(Faults faults) : DelayedRing
{
    private const int MostTurns = 6;

    // Of the generation, which never comes that far.
    private const ulong NobodysBit = 1UL << 55;

    public override SyscallResult Enter(int ring, uint submit, uint least, EnterFlags flags, WaitArgument* argument)
    {
        if (faults.Chance(12, Fault.InterruptedBefore))
        {
            return SyscallResult.Failed(Errno.Interrupted);
        }

        if (submit > 0 && faults.Chance(12, Fault.Busy))
        {
            return SyscallResult.Failed(Errno.Busy);
        }

        return base.Enter(ring, submit, least, flags, argument);
    }

    protected override int Turns(Completion completion) =>
        faults.Chance(4, Fault.Delayed) ? 1 + faults.Next(MostTurns) : 0;

    protected override void OnSubmit(DelayedQueue queue, SubmissionEntry* entry)
    {
        switch (entry->Operation)
        {
            case Operation.Send:
                entry->Length = (uint)faults.Part((int)entry->Length);
                break;
            case Operation.SendMessage:
                var header = (MessageHeader*)entry->Address;
                header->VectorCount = (nuint)faults.Part((int)header->VectorCount);
                break;
            case Operation.Receive:
                // Of the buffer that the kernel chooses; 0 is all of it.
                entry->Length = faults.Chance(3, Fault.Short) ? 1 + (uint)faults.Next(64) : entry->Length;
                break;
            case Operation.Cancel:
                faults.Note(Fault.CancelledLate, queue.HasDone(entry->Address));
                entry->Address ^= faults.Chance(2, Fault.Missed) ? NobodysBit : 0;
                return;
            default:
                return;
        }

        if (faults.Chance(6, Fault.Asynchronous))
        {
            entry->Flags |= EntryFlags.Asynchronous;
        }
    }
}
