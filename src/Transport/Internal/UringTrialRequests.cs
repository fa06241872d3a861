using NetCore.Native;
using NetCore.Native.Uring;

namespace NetCore.Transport.Internal;

/// <summary>Requests of the self-test of io_uring, and what comes of them.</summary>
internal sealed unsafe class UringTrialRequests(Ring ring)
{
    // What is waited for has happened before; a wait that a signal has interrupted answers nothing, so it is repeated.
    private const long PatienceNanoseconds = 10_000_000;
    private const int Tries = 4;

    private const ulong Cancel = 4;

    /// <summary>Cancels a request, and gives how it ended; the two completions come in any order.</summary>
    public Errno? EndsBy(ulong target)
    {
        var entry = default(SubmissionEntry);
        entry.Cancel(target, Cancel);
        Submit(entry);
        Errno? end = null;
        for (var left = 2; left > 0; left--)
        {
            if (!TryNext(out var completion))
            {
                return null;
            }

            end = completion.Data == target && !completion.HasMore ? completion.Error : end;
        }

        return end;
    }

    public void Submit(in SubmissionEntry entry)
    {
        var place = ring.TryGetEntry();
        if (place is not null)
        {
            *place = entry;
            ring.Submit();
        }
    }

    /// <summary>Whether the next completion is of that request.</summary>
    public bool Completes(ulong data, out Completion completion) =>
        TryNext(out completion) && completion.Data == data;

    /// <summary>That says nothing about the kernel. The lack of a receive buffer has an error of its own.</summary>
    private static void CheckShortage(Errno error)
    {
        if (error is Errno.TooManyFiles or Errno.FileTableFull or Errno.NoMemory)
        {
            NativeErrors.Check(SyscallResult.Failed(error), "A request of io_uring");
        }
    }

    private bool TryNext(out Completion completion)
    {
        for (var tries = 0; tries < Tries; tries++)
        {
            if (ring.TryTake(out completion))
            {
                CheckShortage(completion.Error);
                return true;
            }

            ring.Wait(1, PatienceNanoseconds);
        }

        return ring.TryTake(out completion);
    }
}
