using NetCore.Core;

namespace NetCore.Rpc.Internal;

/// <summary>Finds user code that holds up the thread of a connection, while it does.</summary>
/// <remarks>
/// It looks at all slots once per threshold; what it finds in the same step twice has taken that long, and less than
/// twice as long when it is told. A look at 10,000 busy connections reads as many cache lines of other cores, 0.2 ms:
/// 1 % of the timer thread. While no user code runs on such threads it does not look at all.
/// </remarks>
internal sealed class StallWatch : ITimerTarget
{
    private readonly World _world;
    private readonly Action<RpcMethod> _onStall;
    private readonly long _threshold;
    private readonly WheelTimer _timer;
    private readonly Lock _lock = new();

    // Guarded by the lock.
    private readonly List<StallSlot> _slots = [];

    // Of the timer.
    private readonly List<RpcMethod> _stalled = [];
    private volatile bool _armed;

    public StallWatch(World world, TimeSpan threshold, Action<RpcMethod> onStall)
    {
        _world = world;
        _onStall = onStall;
        _threshold = (long)threshold.TotalMilliseconds;
        _timer = new WheelTimer(this);
    }

    public bool IsArmed => _armed;

    /// <exception cref="ArgumentOutOfRangeException">Below 1 ms or above 1 h.</exception>
    public static TimeSpan Checked(TimeSpan threshold)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threshold, TimeSpan.FromMilliseconds(1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(threshold, TimeSpan.FromHours(1));
        return threshold;
    }

    public StallSlot Add()
    {
        var slot = new StallSlot(this);
        lock (_lock)
        {
            _slots.Add(slot);
        }

        return slot;
    }

    public void Remove(StallSlot slot)
    {
        lock (_lock)
        {
            _slots.Remove(slot);
            if (_slots.Count == 0)
            {
                _armed = false;
                _world.Timers.Cancel(_timer);
            }
        }
    }

    /// <summary>User code runs: it is looked at from now on.</summary>
    public void Arm()
    {
        lock (_lock)
        {
            if (!_armed && _slots.Count > 0)
            {
                _armed = true;
                _world.Timers.Schedule(_timer, _threshold);
            }
        }
    }

    void ITimerTarget.OnTimer(WheelTimer timer, long token)
    {
        if (!Look())
        {
            // A thread that enters user code publishes its step and then reads the mark, without a fence. This one puts
            // the fence into every thread of the process: either that thread sees the mark gone, or its step is seen.
            _armed = false;
            Interlocked.MemoryBarrierProcessWide();
            if (Look())
            {
                Arm();
            }
        }

        foreach (var method in _stalled)
        {
            _onStall(method);
        }

        _stalled.Clear();
    }

    // True when it is to be looked again, which is scheduled.
    private bool Look()
    {
        var busy = false;
        lock (_lock)
        {
            foreach (var slot in _slots)
            {
                busy |= slot.Look(out var stalled);
                if (stalled is not null)
                {
                    _stalled.Add(stalled);
                }
            }

            if (busy && _armed)
            {
                _world.Timers.Schedule(_timer, _threshold);
            }
        }

        return busy;
    }
}
