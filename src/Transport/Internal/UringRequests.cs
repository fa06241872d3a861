using NetCore.Native.Uring;

namespace NetCore.Transport.Internal;

/// <summary>One handler's place in a ring, and how many of its requests the kernel holds.</summary>
/// <remarks>
/// For the ring's thread. A request is held from the moment it is made, submitted or not: one that is not submitted
/// names a descriptor by its number, which must not be another file's by then. It ends with the completion after which
/// there is none. The place is given back after the last one, so that no completion ever finds another handler there.
/// </remarks>
internal struct UringRequests(UringSet set, IUringHandler handler)
{
    private readonly UringSet _set = set;
    private readonly ulong _id = set.Add(handler);

    /// <summary>Requests without their last completion.</summary>
    public int InFlight { get; private set; }

    /// <summary>What comes with the completions of a request; at most one of a kind is in flight.</summary>
    public readonly ulong DataOf(UringKind kind) => UringSet.DataOf(kind, _id);

    public void Submit(in SubmissionEntry entry)
    {
        InFlight++;
        _set.Submit(entry);
    }

    /// <summary>
    /// Behind all others of the turn. A receive that is tried after the sends finds many an answer that has come
    /// meanwhile, which spares the wait for it.
    /// </summary>
    public void SubmitLast(in SubmissionEntry entry)
    {
        InFlight++;
        _set.SubmitLast(entry);
    }

    /// <summary>Asks the kernel to end a request soon; whatever it answers, the request still completes.</summary>
    public void Cancel(UringKind kind)
    {
        var entry = default(SubmissionEntry);
        entry.Cancel(DataOf(kind), DataOf(UringKind.Cancel));

        // Never before what it is to end.
        SubmitLast(entry);
    }

    public void OnCompletion(in Completion completion)
    {
        if (!completion.HasMore)
        {
            InFlight--;
        }
    }

    public readonly void GiveBack()
    {
        if (InFlight != 0)
        {
            throw new InvalidOperationException($"The kernel still holds {InFlight} requests.");
        }

        _set.Remove(_id);
    }
}
