using System.Net;
using NetCore.Native;

namespace NetCore.Transport.Internal;

/// <summary>One attempt to connect, of which epoll tells the end.</summary>
internal sealed class EpollConnect(ReactorHost host, TransportAddress address, EndPoint end)
    : ReactorConnect(host, address, end), IEpollHandler
{
    private ulong _id;
    private bool _registered;

    public bool OnEvents(EpollFlags events)
    {
        if ((events & (EpollFlags.Out | EpollFlags.Error | EpollFlags.HangUp)) == 0)
        {
            return false;
        }

        TryStopWait(Descriptor);
        OnAnswered();
        return true;
    }

    protected override SyscallResult Wait(int descriptor)
    {
        var added = Reactor.Events<EpollSet>()
            .TryAdd(descriptor, EpollFlags.Out | EpollFlags.EdgeTriggered, this, out _id);
        _registered = added.IsOk;
        return added;
    }

    protected override bool TryStopWait(int descriptor)
    {
        if (_registered)
        {
            _registered = false;
            Reactor.Events<EpollSet>().Remove(descriptor, _id);
        }

        return true;
    }
}
