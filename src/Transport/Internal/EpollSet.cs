using NetCore.Native;

namespace NetCore.Transport.Internal;

/// <summary>The descriptors of a reactor and its questions to the kernel. For the reactor's thread.</summary>
internal sealed class EpollSet : IDisposable
{
    // 512 events are a round of 512 busy connections; a buffer of 128 was seen to starve light ones elsewhere.
    private const int MaxEvents = 512;

    private readonly int _epoll;
    private readonly ISystemCalls _system;
    private readonly EpollEvents _events;
    private readonly ReactorSlots _slots = new();
    private long _waits;
    private long _looks;
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

    /// <summary>Descriptors that are waited for.</summary>
    public int Count => _slots.Count;

    /// <summary>Waits that could sleep; from any thread.</summary>
    public long Waits => Volatile.Read(ref _waits);

    /// <summary>Waits that could not; from any thread.</summary>
    public long Looks => Volatile.Read(ref _looks);

    /// <summary>Whether events that were found are not dispatched yet.</summary>
    public bool HasEvents => _next < _found;

    public SyscallResult TryAdd(int descriptor, EpollFlags events, IReactorHandler handler, out ulong id)
    {
        id = _slots.Add(handler);
        var result = Epoll.Control(_epoll, EpollOperation.Add, descriptor, events, id);
        if (!result.IsOk)
        {
            _slots.Remove(id);
        }

        return result;
    }

    public SyscallResult Change(int descriptor, EpollFlags events, ulong id) =>
        Epoll.Control(_epoll, EpollOperation.Modify, descriptor, events, id);

    public void Remove(int descriptor, ulong id)
    {
        _slots.Remove(id);
        Epoll.Control(_epoll, EpollOperation.Remove, descriptor, EpollFlags.None, id);
    }

    /// <summary>Asks for events without waiting.</summary>
    public void Look()
    {
        Volatile.Write(ref _looks, _looks + 1);
        Ask(0);
    }

    /// <summary>Waits for events; -1 waits for ever.</summary>
    public void Wait(int milliseconds)
    {
        Volatile.Write(ref _waits, _waits + 1);
        Ask(milliseconds);
    }

    /// <summary>Gives each event to its handler; true when one did anything.</summary>
    public bool Dispatch()
    {
        var ran = false;
        while (_next < _found)
        {
            var i = _next++;
            ran |= _slots.Find(_events.Data(i))?.OnEvents(_events.Flags(i)) ?? false;
        }

        return ran;
    }

    public void ForEach(Action<IReactorHandler> action) => _slots.ForEach(action);

    public void Dispose()
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
