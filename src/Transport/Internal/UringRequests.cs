using NetCore.Native;
using NetCore.Native.Uring;

namespace NetCore.Transport.Internal;

/// <summary>One handler's place in a ring, and how many of its requests the kernel holds.</summary>
/// <remarks>
/// For the ring's thread. A request is held from the moment it is made, submitted or not: one that is not submitted
/// names a descriptor by its number, which must not be another file's by then. It ends with the completion after which
/// there is none. The place is given back after the last one, so that no completion ever finds another handler there.
/// <para>
/// A cancel that was too late for one place of the kernel may have been too early for the next: a receive that a
/// thread of the kernel was trying answers "already" and waits for input afterwards, for ever (seen on Linux 6.18). So
/// a cancel that ended nothing is asked for again, until its request has completed.
/// </para>
/// </remarks>
internal struct UringRequests(UringSet set, IUringHandler handler)
{
    private readonly UringSet _set = set;
    private readonly ulong _id = set.Add(handler);

    // Of each kind a bit: what the kernel holds, and what of that is to end.
    private byte _held;
    private byte _ends;
    private byte _cancels;
    private bool _missed;

    /// <summary>Requests without their last completion.</summary>
    public int InFlight { get; private set; }

    /// <summary>What comes with the completions of a request; at most one of a kind is in flight.</summary>
    public readonly ulong DataOf(UringKind kind) => UringData.Of(kind, _id);

    public void Submit(in SubmissionEntry entry)
    {
        InFlight++;
        _held |= Bit(UringData.KindOf(entry.Data));
        _set.Submit(entry);
    }

    /// <summary>
    /// Behind all others of the turn. A receive that is tried after the sends finds many an answer that has come
    /// meanwhile, which spares the wait for it.
    /// </summary>
    public void SubmitLast(in SubmissionEntry entry)
    {
        InFlight++;
        _held |= Bit(UringData.KindOf(entry.Data));
        _set.SubmitLast(entry);
    }

    /// <summary>Makes the kernel end a request soon; it still completes.</summary>
    public void Cancel(UringKind kind)
    {
        _ends |= Bit(kind);
        _cancels++;
        InFlight++;

        // Never before what it is to end.
        _set.SubmitLast(CancelOf(kind));
    }

    /// <summary>The same for each that the kernel holds.</summary>
    public void CancelAll()
    {
        for (var kind = UringKind.Wake; kind < UringKind.Cancel; kind++)
        {
            if ((_held & Bit(kind)) != 0)
            {
                Cancel(kind);
            }
        }
    }

    public void OnCompletion(UringKind kind, in Completion completion)
    {
        if (completion.HasMore)
        {
            return;
        }

        InFlight--;
        if (kind != UringKind.Cancel)
        {
            _held &= (byte)~Bit(kind);
            _ends &= (byte)~Bit(kind);
        }
        else
        {
            _missed |= completion.Error != Errno.None;
            if (--_cancels == 0 && _missed)
            {
                _missed = false;
                CancelAgain();
            }
        }
    }

    /// <summary>Asks for no end any more, and gives how many requests the kernel holds.</summary>
    public int GiveUp()
    {
        _ends = 0;
        return InFlight;
    }

    public readonly void GiveBack()
    {
        if (InFlight != 0)
        {
            throw new InvalidOperationException($"The kernel still holds {InFlight} requests.");
        }

        _set.Remove(_id);
    }

    private static byte Bit(UringKind kind) => (byte)(1 << (int)kind);

    // Nobody knows which cancel that was: one that has found its request is asked for again too, which does no harm.
    private void CancelAgain()
    {
        for (var kind = UringKind.Wake; kind < UringKind.Cancel; kind++)
        {
            if ((_held & _ends & Bit(kind)) != 0)
            {
                _cancels++;
                InFlight++;
                _set.SubmitAgain(CancelOf(kind));
            }
        }
    }

    private readonly SubmissionEntry CancelOf(UringKind kind)
    {
        var entry = default(SubmissionEntry);
        entry.Cancel(DataOf(kind), DataOf(UringKind.Cancel));
        return entry;
    }
}
