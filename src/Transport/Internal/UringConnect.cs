using System.Net;
using NetCore.Native;
using NetCore.Native.Uring;

namespace NetCore.Transport.Internal;

/// <summary>One attempt to connect, of which a ring tells the end.</summary>
/// <remarks>
/// A plain connect and a wait for readiness: so the kernel holds no address of it, and it ends on every kernel in the
/// same way. Who has the deadline cancels the wait.
/// </remarks>
internal sealed class UringConnect(ReactorHost host, TransportAddress address, EndPoint end)
    : ReactorConnect(host, address, end), IUringHandler
{
    private const uint PollOut = 4;

    private UringRequests _requests;
    private bool _waits;
    private bool _stops;

    public void OnCompletion(UringKind kind, in Completion completion)
    {
        _requests.OnCompletion(kind, completion);
        if (kind == UringKind.Poll && completion.Result < 0 && !_stops)
        {
            // The wait has failed, not the connect, which may be under way yet.
            Poll(Descriptor);
        }

        if (_requests.InFlight == 0)
        {
            _waits = false;
            _requests.GiveBack();
            OnAnswered();
        }
    }

    protected override SyscallResult Wait(int descriptor)
    {
        _waits = true;
        _requests = new UringRequests(Reactor.Events<UringSet>(), this);
        Poll(descriptor);
        return default;
    }

    protected override bool TryStopWait(int descriptor)
    {
        if (_waits && !_stops)
        {
            _stops = true;
            _requests.Cancel(UringKind.Poll);
        }

        return !_waits;
    }

    private void Poll(int descriptor)
    {
        var entry = default(SubmissionEntry);
        entry.Poll(descriptor, PollOut, _requests.DataOf(UringKind.Poll));
        _requests.Submit(entry);
    }
}
