using NetCore.Native;

namespace NetCore.Transport.Internal;

/// <summary>What epoll is to tell of a connection: registered once, edge-triggered.</summary>
/// <remarks>
/// A Unix domain socket tells of room whenever its peer has read, so that a message would wake its sender too. It is
/// asked for room only while somebody waits for it. A TCP socket tells of room only then by itself.
/// </remarks>
internal readonly struct EpollInterest
{
    private const EpollFlags Input =
        EpollFlags.In | EpollFlags.Priority | EpollFlags.ReadHangUp | EpollFlags.EdgeTriggered;

    private readonly EpollSet _set;
    private readonly int _descriptor;
    private readonly bool _isUnix;
    private readonly ulong _id;

    /// <summary>Registers; on the reactor's thread.</summary>
    /// <exception cref="TransportException">The kernel has no memory for it.</exception>
    public EpollInterest(Reactor reactor, int descriptor, bool isUnix, IEpollHandler handler)
    {
        _set = reactor.Events<EpollSet>();
        _descriptor = descriptor;
        _isUnix = isUnix;
        var events = isUnix ? Input : Input | EpollFlags.Out;
        NativeErrors.Check(_set.TryAdd(descriptor, events, handler, out _id), "epoll_ctl");
    }

    /// <summary>
    /// Before the holder of the send role says that it waits, while the descriptor is sure to be its own: room that is
    /// there by now is an event too.
    /// </summary>
    public SyscallResult AskForRoom() => _isUnix ? Change(Input | EpollFlags.Out) : default;

    /// <summary>Nobody waits for room just now; on the reactor's thread, before anybody may wait again.</summary>
    public void ForgetRoom()
    {
        if (_isUnix)
        {
            Change(Input);
        }
    }

    /// <summary>On the reactor's thread.</summary>
    public void Remove() => _set.Remove(_descriptor, _id);

    private SyscallResult Change(EpollFlags events) => _set.Change(_descriptor, events, _id);
}
