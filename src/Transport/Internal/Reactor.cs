using NetCore.Core;
using NetCore.Native;

namespace NetCore.Transport.Internal;

/// <summary>A loop over one epoll, the connections that belong to it and the work that is posted to it.</summary>
/// <remarks>
/// It is passive: a <see cref="ReactorThread"/> or the application drives it by <see cref="Turn"/>, always on the
/// thread that it is bound to, and nothing inside is shared. Everything of its connections but sending runs there:
/// events, received bytes, close. What throws comes out of the turn, and the next turn goes on behind it.
/// </remarks>
internal sealed class Reactor : IExecutor, IDisposable
{
    // Posted items in one go: then events come first again.
    private const int MaxItems = 256;

    // What the items post runs in the same go this many times over, so that an item and what follows from it (a call,
    // its answer, their flush) do without a look at the events; one that posts itself for ever does not.
    private const int MaxGoes = 4;

    // 512 events are a round of 512 busy connections; a buffer of 128 was seen to starve light ones elsewhere.
    private const int MaxEvents = 512;

    // Rounds of direct receives between two looks at epoll and the clock. A receive that finds nothing takes a quarter
    // of a microsecond, so that what only epoll tells (accepts, room to send) waits for 4 us with one connection and
    // 16 us with four, less than a wake-up from the kernel; and one call in 17 is for epoll.
    private const int RoundsPerLook = 16;

    // The same for who polls without waiting, at a pace that only the clock knows.
    private const int LookMicroseconds = 4;

    // Of the load: the reactor has ended.
    private const int Ended = int.MinValue;

    private readonly int _epoll;
    private readonly ISystemCalls _system;
    private readonly TimeProvider _time;
    private readonly long _lookTicks;
    private readonly EpollEvents _events = new(MaxEvents);
    private readonly ReactorInbox _inbox = new();
    private readonly ReactorSlots _slots = new();
    private readonly ReactorWait _wait;
    private Thread? _owner;
    private TimerWheel? _timers;
    private BlockPool? _blocks;
    private int _load;
    private long _waits;
    private long _looks;
    private volatile bool _disposed;

    // Of the turn: events found and dispatched; goes of items and rounds of receives since the last look.
    private int _found;
    private int _next;
    private int _goes;
    private int _rounds;
    private long _lastLook;
    private bool _moreItems;

    public Reactor(ISystemCalls system, TimeProvider time, WaitPolicy wait)
    {
        _system = system;
        _time = time;
        _lookTicks = time.TimestampFrequency * LookMicroseconds / 1_000_000;
        _wait = new ReactorWait(wait, time);
        _epoll = NativeErrors.Check(Epoll.Create(), "epoll_create1");
        NativeErrors.Check(
            Epoll.Control(
                _epoll,
                EpollOperation.Add,
                _inbox.Descriptor,
                EpollFlags.In | EpollFlags.EdgeTriggered,
                ulong.MaxValue),
            "epoll_ctl");
    }

    public ISystemCalls Calls => _system;

    public ReactorConnections Connections { get; } = new();

    /// <summary>Descriptors that it serves or is about to.</summary>
    public int Load => Volatile.Read(ref _load);

    /// <summary>Descriptors that it waits for.</summary>
    public int Slots => _slots.Count;

    /// <summary>False once it has ended and given everything back.</summary>
    public bool IsAlive => !_disposed;

    /// <summary>Waits in the kernel that could sleep.</summary>
    public long Waits => Volatile.Read(ref _waits);

    public long Wakes => _inbox.Wakes;

    /// <summary>Whether a turn always comes back soon, however long it may sleep.</summary>
    public bool NeverSleeps => _wait.NeverSleeps;

    /// <summary>From any thread.</summary>
    public TransportCounters Counters => Connections.Counters with
    {
        Waits = Waits,
        Looks = Volatile.Read(ref _looks),
        Wakes = Wakes,
    };

    public Thread? Owner => Volatile.Read(ref _owner);

    public int Parallelism => 1;

    public bool IsSingleThread => true;

    public bool IsCurrentThread => Thread.CurrentThread == _owner;

    /// <summary>Binds it to a thread; false when it is another's.</summary>
    public bool TryBind(Thread thread)
    {
        var owner = Interlocked.CompareExchange(ref _owner, thread, null);
        return owner is null || owner == thread;
    }

    /// <summary>Takes it over from a thread that has ended.</summary>
    public void TryRebind()
    {
        if (_owner is { IsAlive: false } dead)
        {
            Interlocked.CompareExchange(ref _owner, Thread.CurrentThread, dead);
        }
    }

    /// <summary>Makes it drive a wheel too. Before the first turn.</summary>
    public void Drive(TimerWheel timers)
    {
        _timers = timers;
        timers.SetDriver(Wake);
    }

    /// <summary>Names the pool of which its thread keeps blocks, which it gives back at its end.</summary>
    public void Keep(BlockPool blocks) => _blocks = blocks;

    public void Post(IThreadPoolWorkItem item) => _inbox.Post(item);

    /// <summary>Ends its sleep; from any thread.</summary>
    public void Wake() => _inbox.Wake();

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

    /// <summary>From now on nothing is expected any more; false while something is.</summary>
    public bool TryEnd() => Interlocked.CompareExchange(ref _load, Ended, 0) is 0 or Ended;

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

    /// <summary>Runs what is ready; when nothing is, looks for it or sleeps once, as the wait policy says.</summary>
    /// <param name="sleepMilliseconds">Of the sleep; 0 only looks, -1 has no end.</param>
    /// <returns>Whether anything ran.</returns>
    public bool Turn(int sleepMilliseconds)
    {
        // Events are left from the last turn only when it threw.
        var ran = _next < _found && Dispatch();
        if (_goes == MaxGoes)
        {
            ran |= Look();
        }

        ran |= RunItems();
        if (!ran)
        {
            ran = sleepMilliseconds == 0 ? Glance() : _wait.MaySpin() ? Spin() : Sleep(sleepMilliseconds);
        }

        if (ran)
        {
            _wait.Found();
        }

        return ran;
    }

    /// <summary>Asks all that it serves to give their descriptors back.</summary>
    public void End() => _slots.ForEach(static handler => handler.OnReactorEnds());

    /// <summary>Runs what has been posted up to now; after the last descriptor.</summary>
    public void RunLeft()
    {
        do
        {
            _goes = 0;
        }
        while (RunItems());
    }

    /// <summary>After the last turn; on the reactor's thread.</summary>
    public void Dispose()
    {
        _blocks?.DropCache(this);
        _inbox.Dispose();
        _events.Dispose();
        Sockets.Close(_epoll);
        _disposed = true;
    }

    private bool RunItems()
    {
        if (!_inbox.TakeNews() && !_moreItems)
        {
            return false;
        }

        var ran = false;
        for (_moreItems = true; _goes < MaxGoes; ran = true)
        {
            var count = Math.Min(_inbox.Count, MaxItems);
            if (count == 0)
            {
                _moreItems = false;
                break;
            }

            _goes++;
            for (var i = 0; i < count && _inbox.TryTake(out var item); i++)
            {
                item!.Execute();
            }
        }

        return ran;
    }

    private bool RunTimers()
    {
        if (_timers is not { } timers || timers.Now < timers.NextLook)
        {
            return false;
        }

        var fired = timers.Fired;
        timers.Advance();
        return timers.Fired != fired;
    }

    // One look for somebody who does not wait.
    private bool Glance()
    {
        if (!_wait.NeverSleeps || !Connections.TryBeginPolling())
        {
            return Look();
        }

        var ran = Connections.Poll();
        var now = _time.GetTimestamp();
        if (now - _lastLook < _lookTicks)
        {
            return ran;
        }

        _lastLook = now;
        return ran | Look();
    }

    // Until something is found or it is time to look at epoll and the clock.
    private bool Spin()
    {
        if (!Connections.TryBeginPolling())
        {
            return Look();
        }

        while (_rounds < RoundsPerLook)
        {
            _rounds++;
            if (Connections.Poll())
            {
                return true;
            }

            if (_inbox.HasNews)
            {
                return RunItems();
            }
        }

        return Look();
    }

    private bool Look()
    {
        Volatile.Write(ref _looks, _looks + 1);
        Wait(0);
        var ran = Dispatch();
        if (Connections.Marked)
        {
            ran |= Connections.Poll();
        }

        return ran | RunTimers();
    }

    private bool Sleep(int milliseconds)
    {
        if (Connections.EndPolling())
        {
            return true;
        }

        // Read before the inbox: who schedules an earlier timer after this look leaves news there.
        if (_timers is { } timers && timers.NextLook is not long.MaxValue and var next)
        {
            var left = next - timers.Now;
            if (left <= 0)
            {
                return RunTimers();
            }

            milliseconds = (int)Math.Min((uint)milliseconds, Math.Min(left, int.MaxValue));
        }

        if (!_inbox.BeginSleep())
        {
            return RunItems();
        }

        Volatile.Write(ref _waits, _waits + 1);
        Wait(milliseconds);
        _inbox.EndSleep();
        return Dispatch();
    }

    private void Wait(int milliseconds)
    {
        _goes = 0;
        _rounds = 0;
        var result = _system.Wait(_epoll, _events, milliseconds);
        _found = result.IsOk ? result.Value : throw new InvalidOperationException($"epoll_wait failed: {result.Error}.");
        _next = 0;
    }

    private bool Dispatch()
    {
        var ran = false;
        while (_next < _found)
        {
            var i = _next++;
            ran |= _slots.Find(_events.Data(i))?.OnEvents(_events.Flags(i)) ?? false;
        }

        return ran;
    }
}
