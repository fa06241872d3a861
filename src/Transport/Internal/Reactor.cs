using NetCore.Core;
using NetCore.Native;

namespace NetCore.Transport.Internal;

/// <summary>One thread, one epoll, the connections that belong to it; nothing inside is shared.</summary>
/// <remarks>
/// Everything of its connections but sending runs on its thread: events, received bytes, close. What others have for it
/// they post. Work that throws ends the process, as on any thread: handlers guard what is not theirs.
/// </remarks>
internal sealed class Reactor : IExecutor, IDisposable
{
    // Posted items in one go: then events come first again.
    private const int MaxItems = 256;

    // What the items post runs in the same go this many times over, so that an item and what follows from it (a call,
    // its answer, their flush) do without a look at the events; one that posts itself for ever does not.
    private const int MaxFollowUps = 4;

    // 512 events are a round of 512 busy connections; a buffer of 128 was seen to starve light ones elsewhere.
    private const int MaxEvents = 512;

    // Of the load: the reactor has ended.
    private const int Ended = int.MinValue;

    private readonly int _epoll;
    private readonly ISystemCalls _system;
    private readonly EpollEvents _events = new(MaxEvents);
    private readonly ReactorInbox _inbox = new();
    private readonly ReactorSlots _slots = new();
    private readonly ReactorWait _wait;
    private readonly Thread _thread;
    private int _load;
    private long _waits;
    private volatile bool _stopping;

    public Reactor(string name, ISystemCalls system, ReactorWait wait)
    {
        _system = system;
        _wait = wait;
        _epoll = NativeErrors.Check(Epoll.Create(), "epoll_create1");
        NativeErrors.Check(
            Epoll.Control(
                _epoll,
                EpollOperation.Add,
                _inbox.Descriptor,
                EpollFlags.In | EpollFlags.EdgeTriggered,
                ulong.MaxValue),
            "epoll_ctl");
        _thread = new Thread(Run) { IsBackground = true, Name = name };
        _thread.UnsafeStart();
    }

    public ISystemCalls Calls => _system;

    /// <summary>Descriptors that it serves or is about to.</summary>
    public int Load => Volatile.Read(ref _load);

    /// <summary>Descriptors that it waits for.</summary>
    public int Slots => _slots.Count;

    /// <summary>False once it has ended and given everything back.</summary>
    public bool IsAlive => _thread.IsAlive;

    /// <summary>Waits in the kernel so far, looks without sleeping included.</summary>
    public long Waits => Volatile.Read(ref _waits);

    public long Wakes => _inbox.Wakes;

    public int Parallelism => 1;

    public bool IsSingleThread => true;

    public bool IsCurrentThread => Thread.CurrentThread == _thread;

    public void Post(IThreadPoolWorkItem item) => _inbox.Post(item);

    /// <summary>
    /// Counts a descriptor that will come, for which the reactor stays; false when it has ended already.
    /// </summary>
    public bool TryExpect()
    {
        while (true)
        {
            var load = Volatile.Read(ref _load);
            if (load < 0)
            {
                return false;
            }

            if (Interlocked.CompareExchange(ref _load, load + 1, load) == load)
            {
                return true;
            }
        }
    }

    /// <summary>The descriptor has gone, or does not come; on the reactor's thread.</summary>
    public void Forget() => Interlocked.Decrement(ref _load);

    /// <summary>Registers a descriptor; on the reactor's thread.</summary>
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

    /// <summary>Changes what is waited for; on the reactor's thread.</summary>
    public SyscallResult Change(int descriptor, EpollFlags events, ulong id) =>
        Epoll.Control(_epoll, EpollOperation.Modify, descriptor, events, id);

    /// <summary>Forgets a descriptor that its owner closes next; on the reactor's thread.</summary>
    public void Remove(int descriptor, ulong id)
    {
        _slots.Remove(id);
        Epoll.Control(_epoll, EpollOperation.Remove, descriptor, EpollFlags.None, id);
    }

    /// <summary>Ends the thread when no descriptor is left or expected; posted work is done before.</summary>
    public void Dispose()
    {
        _stopping = true;
        _inbox.Wake();
        if (!IsCurrentThread)
        {
            _thread.Join();
        }
    }

    private void Run()
    {
        try
        {
            while (!_stopping || Interlocked.CompareExchange(ref _load, Ended, 0) != 0)
            {
                var busy = RunItems();
                var count = Wait(busy);
                for (var i = 0; i < count; i++)
                {
                    _slots.Find(_events.Data(i))?.OnEvents(_events.Flags(i));
                }
            }

            while (RunItems())
            {
            }
        }
        finally
        {
            _inbox.Dispose();
            _events.Dispose();
            Sockets.Close(_epoll);
        }
    }

    // True when the share was used up and more is there.
    private bool RunItems()
    {
        for (var round = 0; round < MaxFollowUps; round++)
        {
            var count = Math.Min(_inbox.Count, MaxItems);
            if (count == 0)
            {
                return false;
            }

            for (var i = 0; i < count && _inbox.TryTake(out var item); i++)
            {
                item!.Execute();
            }
        }

        return _inbox.HasItems;
    }

    private int Wait(bool busy)
    {
        if (busy)
        {
            return WaitFor(0);
        }

        _wait.Begin();
        while (_wait.MaySpin())
        {
            var found = WaitFor(0);
            if (found > 0 || _inbox.HasItems || _stopping)
            {
                _wait.Found();
                return found;
            }
        }

        if (!_inbox.BeginSleep())
        {
            return 0;
        }

        // Disposing sets its mark and then wakes a sleeper: whoever sleeps after that must not sleep long.
        var count = WaitFor(_stopping && Load == 0 ? 0 : -1);
        _inbox.EndSleep();
        return count;
    }

    private int WaitFor(int timeoutMilliseconds)
    {
        Volatile.Write(ref _waits, _waits + 1);
        var result = _system.Wait(_epoll, _events, timeoutMilliseconds);
        return result.IsOk ? result.Value : throw new InvalidOperationException($"epoll_wait failed: {result.Error}.");
    }
}
