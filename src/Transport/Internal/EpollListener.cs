using System.Net.Sockets;
using NetCore.Native;

namespace NetCore.Transport.Internal;

/// <summary>Accepts when epoll says that somebody waits.</summary>
/// <remarks>
/// Level-triggered: what one event leaves comes again with the next. When descriptors or memory run out it listens to
/// no events for a while instead of being told of the same connection a million times a second.
/// </remarks>
internal sealed class EpollListener(
    ReactorHost host, Socket socket, TransportAddress address, Action<Connection> onAccepted)
    : ReactorListener(host, socket, address, onAccepted), IEpollHandler
{
    // Then the reactor's other work goes first.
    private const int MaxAccepts = 64;

    private ulong _id;
    private bool _registered;

    private EpollSet Set => Reactor.Events<EpollSet>();

    public bool OnEvents(EpollFlags events)
    {
        for (var i = 0; i < MaxAccepts && !IsDisposed; i++)
        {
            var accepted = Reactor.Calls.Accept(Descriptor);
            if (accepted.IsOk)
            {
                OnAccepted(accepted.Value);
            }
            else if (accepted.WouldBlock)
            {
                break;
            }
            else if (!GaveUp(accepted.Error))
            {
                Set.Change(Descriptor, EpollFlags.None, _id);
                Pause(accepted.Error);
                break;
            }
        }

        return true;
    }

    protected override SyscallResult Accept()
    {
        if (_registered)
        {
            return Set.Change(Descriptor, EpollFlags.In, _id);
        }

        var added = Set.TryAdd(Descriptor, EpollFlags.In, this, out _id);
        _registered = added.IsOk;
        return added;
    }

    protected override bool TryStopAccepting()
    {
        if (_registered)
        {
            _registered = false;
            Set.Remove(Descriptor, _id);
        }

        return true;
    }
}
