using NetCore.Native;
using NetCore.Native.Uring;

namespace NetCore.Transport.Internal;

/// <summary>Whether a connection is over in both directions, which a receive that goes on may miss.</summary>
/// <remarks>
/// For the ring's thread. Bytes and a reset wake such a receive twice; where both have come before it runs, it takes
/// the bytes, sees that no more are there, and counts both wake-ups as seen. Nothing wakes it again (Linux 6.18: once
/// in some hundred resets that follow bytes at once; liburing's issue 1549 is the same of Unix sockets). An end of TCP
/// is counted as a byte that is there, so it is never missed. A wait for nothing but a hang-up sees each.
/// </remarks>
internal struct UringHangUp
{
    private bool _isAwaited;

    /// <summary>It has come: a receive finds bytes, the end or the error from now on, and never nothing.</summary>
    public bool HasCome { get; private set; }

    /// <summary>Waits for it where a receive goes on, until it comes or all requests are cancelled.</summary>
    public void AwaitBeside(in SubmissionEntry receive, ref UringRequests requests, int descriptor)
    {
        if ((receive.Transfer & TransferFlags.ReceiveMultishot) != 0 && !_isAwaited && !HasCome)
        {
            _isAwaited = true;
            var entry = default(SubmissionEntry);
            entry.Poll(descriptor, 0, requests.DataOf(UringKind.Poll));
            requests.SubmitLast(entry);
        }
    }

    /// <summary>The wait has ended, maybe since the peer has ended its output alone.</summary>
    public void OnCompletion(in Completion completion)
    {
        _isAwaited = false;
        HasCome |= completion.Error == Errno.None && (completion.Result & UringSet.PollHangUp) != 0;
    }
}
