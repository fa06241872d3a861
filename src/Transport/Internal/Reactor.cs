using NetCore.Core;
using NetCore.Native;

namespace NetCore.Transport.Internal;

/// <summary>A loop over one epoll or ring, its connections and the work that is posted to it.</summary>
/// <remarks>
/// It is passive: a <see cref="ReactorThread"/> or the application drives it by <see cref="Turn"/>, always on the
/// thread that it is bound to, and nothing inside is shared. Everything of its connections but sending runs there:
/// events, received bytes, close. What throws comes out of the turn, and the next turn goes on behind it.
/// </remarks>
internal sealed class Reactor : IExecutor, IDisposable
{
    // Rounds of direct receives, on epoll only, between two looks at it and the clock. A receive that finds nothing
    // takes a quarter of a microsecond, so that what only epoll tells (accepts, room to send) waits for 4 us with one
    // connection and 16 us with four, less than a wake-up from the kernel; and one call in 17 is for epoll.
    private const int RoundsPerLook = 16;

    // The same for who polls without waiting, at a pace that only the clock knows.
    private const int LookMicroseconds = 4;

    private readonly TimeProvider _time;
    private readonly long _lookTicks;
    private readonly ReactorWait _wait;
    private readonly ReactorInbox _inbox = new();
    private readonly ReactorLoad _load = new();
    private readonly ReactorEvents _set;
    private Thread? _owner;
    private BlockPool? _blocks;
    private volatile bool _disposed;
    private int _rounds;
    private long _lastLook;

    /// <summary>On an epoll.</summary>
    public Reactor(ISystemCalls calls, TimeProvider time, WaitPolicy wait)
        : this(calls, time, wait, (wakeUp, system) => new EpollSet(system, wakeUp))
    {
    }

    /// <param name="calls">The system calls of the connections.</param>
    /// <param name="time">The clock.</param>
    /// <param name="wait">What it does while nothing is ready.</param>
    /// <param name="events">
    /// Makes what it waits with, which also ends its waits when the descriptor that it is given is written to.
    /// </param>
    public Reactor(
        ISystemCalls calls, TimeProvider time, WaitPolicy wait, Func<int, ISystemCalls, ReactorEvents> events)
    {
        Calls = calls;
        _time = time;
        _lookTicks = time.TimestampFrequency * LookMicroseconds / 1_000_000;
        _wait = new ReactorWait(wait, time);
        try
        {
            _set = events(_inbox.Descriptor, calls);
        }
        catch
        {
            _inbox.Dispose();
            throw;
        }
    }

    public ISystemCalls Calls { get; }

    public ReactorConnections Connections { get; } = new();

    public ReactorTimers Timers { get; } = new();

    /// <summary>Descriptors that it serves or is about to; negative when it has ended.</summary>
    public int Load => _load.Value;

    /// <summary>Descriptors that it waits for.</summary>
    public int Slots => _set.Count;

    /// <summary>False once it has ended and given everything back.</summary>
    public bool IsAlive => !_disposed;

    /// <summary>Whether its thread is in its loop: what is gathered now goes out soon. For that thread.</summary>
    public bool IsDriven { get; set; }

    /// <summary>Whether a turn always comes back soon, however long it may sleep.</summary>
    public bool NeverSleeps => _wait.NeverSleeps;

    public long Waits => _set.Waits;

    public long Wakes => _inbox.Wakes;

    /// <summary>From any thread.</summary>
    public TransportCounters Counters =>
        Connections.Counters + _set.Counters + new TransportCounters(0, 0, 0, 0, 0, Wakes, 0, Wakes);

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

    /// <summary>
    /// Names the world that it serves: the blocks that its thread keeps go back there at its end, and what is posted
    /// after that runs on its executor; when that is this reactor, on the thread pool, one item after the other.
    /// </summary>
    public void Join(World world)
    {
        _blocks = world.Blocks;
        _inbox.Heir = world.Executor == this ? new SerialExecutor(new ThreadPoolExecutor()) : world.Executor;
    }

    public void Post(IThreadPoolWorkItem item) => _inbox.Post(item);

    /// <summary>Ends its sleep; from any thread.</summary>
    public void Wake() => _inbox.Wake();

    /// <summary>
    /// Counts a descriptor that will come, for which the reactor stays; false when it has ended already.
    /// </summary>
    public bool TryExpect() => _load.TryExpect();

    /// <summary>The descriptor has gone, or does not come; on the reactor's thread.</summary>
    public void Forget() => _load.Forget();

    /// <summary>From now on nothing is expected any more; false while something is.</summary>
    public bool TryEnd() => _load.TryEnd();

    /// <summary>What it waits with, by its kind: the engine's own parts know which one that is.</summary>
    public T Events<T>()
        where T : ReactorEvents => (T)_set;

    /// <summary>Before the first turn, on the thread that it is bound to.</summary>
    public void Begin() => _set.Bind();

    /// <summary>Runs what is ready; when nothing is, looks for it or sleeps once, as the wait policy says.</summary>
    /// <param name="sleepMilliseconds">Of the sleep; 0 only looks, -1 has no end.</param>
    /// <returns>Whether anything ran.</returns>
    public bool Turn(int sleepMilliseconds)
    {
        // Events are left from the last turn only when it threw.
        var ran = _set.HasEvents && _set.Dispatch();
        if (_inbox.MustLook)
        {
            ran |= Look();
        }

        ran |= _inbox.Run();
        if (!ran)
        {
            ran = sleepMilliseconds == 0 ? Glance()
                : _wait.MaySpin() ? Spin()
                : !_inbox.TookNews && Sleep(sleepMilliseconds);
        }

        if (ran)
        {
            _wait.Found();
        }

        return ran;
    }

    /// <summary>Takes to the kernel what turns have gathered, and what follows from that in so many rounds.</summary>
    public void Flush(int rounds)
    {
        while (_set.Flush() && rounds-- > 0)
        {
            _set.Dispatch();
        }
    }

    /// <summary>Asks all that it serves to give their descriptors back.</summary>
    public void End() => _set.ForEach(static handler => handler.OnReactorEnds());

    /// <summary>Runs what has been posted up to now, and what follows from it; after the last descriptor.</summary>
    public void RunLeft()
    {
        do
        {
            _inbox.OnLooked();
        }
        while (_inbox.Run());
    }

    /// <summary>After the last turn; on the reactor's thread.</summary>
    public void Dispose()
    {
        _blocks?.DropCache(this);
        _inbox.Dispose();
        _set.Dispose();
        _disposed = true;
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
                return _inbox.Run();
            }
        }

        return Look();
    }

    private bool Look()
    {
        _set.Look();
        OnLooked();
        var ran = _set.Dispatch();
        if (Connections.Marked)
        {
            ran |= Connections.Poll();
        }

        return ran | Timers.Run();
    }

    private bool Sleep(int milliseconds)
    {
        if (Connections.EndPolling())
        {
            return true;
        }

        // Before the inbox: who schedules an earlier timer after this leaves news there.
        milliseconds = Timers.Bound(milliseconds);
        if (milliseconds == 0)
        {
            return Timers.Run();
        }

        if (!_inbox.BeginSleep())
        {
            return _inbox.Run();
        }

        _set.Wait(milliseconds);
        _inbox.EndSleep();
        OnLooked();
        return _set.Dispatch();
    }

    private void OnLooked()
    {
        _inbox.OnLooked();
        _rounds = 0;
    }
}
