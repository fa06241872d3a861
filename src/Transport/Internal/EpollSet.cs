using NetCore.Native;

namespace NetCore.Transport.Internal;

/// <summary>A reactor's epoll and the descriptors in it. For the reactor's thread.</summary>
internal sealed class EpollSet : ReactorEvents
{
    // 512 events are a round of 512 busy connections; a buffer of 128 was seen to starve light ones elsewhere.
    private const int MaxEvents = 512;

    private readonly int _epoll;
    private readonly ISystemCalls _system;
    private readonly EpollEvents _events;
    private readonly ReactorSlots<IEpollHandler> _slots = new();
    private int _found;
    private int _next;

    /// <summary>Makes one that also ends its waits when <paramref name="wakeUp"/> is written to.</summary>
    public EpollSet(ISystemCalls system, int wakeUp)
    {
        _system = system;
        _epoll = NativeErrors.Check(Epoll.Create(), "epoll_create1");
        const EpollFlags edges = EpollFlags.In | EpollFlags.EdgeTriggered;
        try
        {
            NativeErrors.Check(
                Epoll.Control(_epoll, EpollOperation.Add, wakeUp, edges, ulong.MaxValue), "epoll_ctl");
        }
        catch
        {
            Sockets.Close(_epoll);
            throw;
        }

        _events = new EpollEvents(MaxEvents);
    }

    public override int Count => _slots.Count;

    public override bool HasEvents => _next < _found;

    public override TransportCounters Counters
    {
        get
        {
            var (waits, looks) = (Waits, Looks);
            return new TransportCounters(0, 0, 0, waits, looks, 0, 0, waits + looks);
        }
    }

    /// <summary>Registers a descriptor.</summary>
    public SyscallResult TryAdd(int descriptor, EpollFlags events, IEpollHandler handler, out ulong id)
    {
        id = _slots.Add(handler);
        var result = Epoll.Control(_epoll, EpollOperation.Add, descriptor, events, id);
        if (!result.IsOk)
        {
            _slots.Remove(id);
        }

        return result;
    }

    /// <summary>Changes what is waited for; from any thread, as long as the descriptor is the same.</summary>
    public SyscallResult Change(int descriptor, EpollFlags events, ulong id) =>
        Epoll.Control(_epoll, EpollOperation.Modify, descriptor, events, id);

    /// <summary>Forgets a descriptor that its owner closes next.</summary>
    public void Remove(int descriptor, ulong id)
    {
        _slots.Remove(id);
        Epoll.Control(_epoll, EpollOperation.Remove, descriptor, EpollFlags.None, id);
    }

    public override void Look()
    {
        CountLook();
        Ask(0);
    }

    public override void Wait(int milliseconds)
    {
        CountWait();
        Ask(milliseconds);
    }

    public override bool Dispatch()
    {
        var ran = false;
        while (_next < _found)
        {
            var i = _next++;
            ran |= _slots.Find(_events.Data(i))?.OnEvents(_events.Flags(i)) ?? false;
        }

        return ran;
    }

    public override void ForEach(Action<IReactorHandler> action) => _slots.ForEach(action);

    public override void Dispose()
    {
        _events.Dispose();
        Sockets.Close(_epoll);
    }

    private void Ask(int milliseconds)
    {
        _next = _found = 0;
        var result = _system.Wait(_epoll, _events, milliseconds);
        _found = result.IsOk
            ? result.Value : throw new InvalidOperationException($"epoll_wait failed: {result.Error}.");
    }
}
