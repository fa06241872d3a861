using System.Net.Sockets;
using NetCore.Native;
using NetCore.Native.Uring;

namespace NetCore.Transport.Internal;

/// <summary>Accepts by a request that completes for each connection, where the kernel has that.</summary>
/// <remarks>
/// An error ends the request; when descriptors or memory run out the next one is made after a while. The socket is
/// closed after the last completion, and what was accepted until then is closed too.
/// </remarks>
internal sealed class UringListener : ReactorListener, IUringHandler
{
    private UringRequests _requests;
    private bool _accepts;
    private bool _stops;
    private bool _registered;

    public UringListener(ReactorHost host, Socket socket, TransportAddress address, Action<Connection> onAccepted)
        : base(host, socket, address, onAccepted)
    {
    }

    private UringSet Set => Reactor.Events<UringSet>();

    public void OnCompletion(UringKind kind, in Completion completion)
    {
        _requests.OnCompletion(kind, completion);
        if (kind == UringKind.Accept)
        {
            _accepts = completion.HasMore;
            OnAccept(completion);
        }

        if (IsDisposed && _requests.InFlight == 0)
        {
            Execute();
        }
    }

    protected override SyscallResult Accept()
    {
        if (_accepts)
        {
            return default;
        }

        if (!_registered)
        {
            _registered = true;
            _requests = new UringRequests(Set, this);
        }

        var entry = default(SubmissionEntry);
        var data = _requests.DataOf(UringKind.Accept);
        if (Set.Has(RingFeatures.AcceptMultishot))
        {
            entry.AcceptMultishot(Descriptor, data);
        }
        else
        {
            entry.Accept(Descriptor, data);
        }

        _accepts = true;
        _requests.Submit(entry);
        return default;
    }

    protected override bool TryStopAccepting()
    {
        if (_accepts && !_stops)
        {
            _stops = true;
            _requests.Cancel(UringKind.Accept);
        }

        if (_registered && _requests.InFlight > 0)
        {
            return false;
        }

        if (_registered)
        {
            _registered = false;
            _requests.GiveBack();
        }

        return true;
    }

    private void OnAccept(in Completion completion)
    {
        if (completion.Result >= 0)
        {
            OnAccepted(completion.Result);
        }
        else if (IsDisposed)
        {
            return;
        }
        else if (!GaveUp(completion.Error)
            && completion.Error is not (Errno.Canceled or Errno.Interrupted or Errno.Again))
        {
            Pause(completion.Error);
            return;
        }

        if (!_accepts && !IsDisposed)
        {
            Accept();
        }
    }
}
