using NetCore.Core.Internal;

namespace NetCore.Core;

/// <summary>Deadlines at a tick of one millisecond, driven from outside: it has no thread of its own.</summary>
/// <remarks>
/// Any thread schedules and cancels, in constant time and without allocation. One driver at a time calls
/// <see cref="Advance"/>: a reactor, the world's timer thread, or a simulation. A timer fires at its tick or later,
/// never earlier. Four levels of 256 slots; a timer moves down a level when its level's slot comes up.
/// </remarks>
public sealed class TimerWheel
{
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly long _perMillisecond;
    private readonly Lock _lock = new();
    private readonly WheelSlots _slots = new();
    private long _sleepsUntil = long.MaxValue;
    private long _fired;
    private Action? _wake;

    /// <summary>Creates an empty wheel on <paramref name="time"/>.</summary>
    public TimerWheel(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        _time = time;
        _start = time.GetTimestamp();
        _perMillisecond = time.TimestampFrequency % 1000 == 0 ? time.TimestampFrequency / 1000 : 0;
    }

    /// <summary>Milliseconds since the wheel was made; monotonic.</summary>
    /// <remarks>
    /// Every frame and call asks for it: a division of integers where the clock's frequency allows it.
    /// </remarks>
    public long Now => _perMillisecond != 0
        ? (_time.GetTimestamp() - _start) / _perMillisecond
        : (long)_time.GetElapsedTime(_start).TotalMilliseconds;

    /// <summary>Timers that are scheduled and have not fired.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _slots.Count;
            }
        }
    }

    /// <summary>Timers that have fired so far.</summary>
    public long Fired => Volatile.Read(ref _fired);

    /// <summary>
    /// The value of <see cref="Now"/> at which the driver is to call <see cref="Advance"/> next;
    /// <see cref="long.MaxValue"/> when nothing is scheduled.
    /// </summary>
    /// <remarks>
    /// A plain read, for a driver that looks often. Any thread may lower it by scheduling, before it wakes the driver.
    /// </remarks>
    public long NextLook => Volatile.Read(ref _sleepsUntil);

    /// <summary>How long the earliest timer has been due without having fired; zero when none is due.</summary>
    /// <remarks>
    /// From any thread, for who watches over the driver: it takes the wheel's lock and looks at some timers.
    /// </remarks>
    public TimeSpan Overdue
    {
        get
        {
            lock (_lock)
            {
                return TimeSpan.FromMilliseconds(Math.Max(0, Now - _slots.EarliestDue()));
            }
        }
    }

    /// <summary>Sets what wakes the driver when a timer is scheduled earlier than the end of its sleep.</summary>
    /// <param name="wake">Called from any thread, outside the wheel's lock; must not block.</param>
    public void SetDriver(Action wake) => Volatile.Write(ref _wake, wake);

    /// <summary>Schedules <paramref name="timer"/>, or moves it when it is scheduled already.</summary>
    /// <param name="timer">The timer.</param>
    /// <param name="delayMilliseconds">From now; below 1 counts as 1, above the wheel's span as the span.</param>
    /// <param name="token">Handed to the target at expiry.</param>
    public void Schedule(WheelTimer timer, long delayMilliseconds, long token = 0)
    {
        ArgumentNullException.ThrowIfNull(timer);
        var delay = Math.Clamp(delayMilliseconds, 1, CoreLimits.MaxTimerMilliseconds);

        // Now is cut to a whole tick, so one more tick keeps "never earlier than asked".
        var due = Now + delay + 1;
        bool wake;
        lock (_lock)
        {
            TakeOut_NeedsLock(timer);
            timer.Wheel = this;
            timer.DueTick = due;
            timer.Token = token;
            _slots.Insert(timer);
            wake = due < _sleepsUntil;
            if (wake)
            {
                Volatile.Write(ref _sleepsUntil, due);
            }
        }

        if (wake)
        {
            Volatile.Read(ref _wake)?.Invoke();
        }
    }

    /// <summary>Takes the timer out; false when it was not scheduled or has fired, or is firing, already.</summary>
    public bool Cancel(WheelTimer timer)
    {
        ArgumentNullException.ThrowIfNull(timer);
        lock (_lock)
        {
            return TakeOut_NeedsLock(timer);
        }
    }

    /// <summary>Fires what is due and says how long the driver may sleep.</summary>
    /// <returns>Milliseconds until the next look, or <see cref="long.MaxValue"/> when nothing is scheduled.</returns>
    public long Advance()
    {
        var now = Now;
        while (true)
        {
            ITimerTarget target;
            WheelTimer timer;
            long token;
            lock (_lock)
            {
                if (_slots.TakeDue(now) is not { } due)
                {
                    // Targets take time: the sleep counts from here, not from the beginning.
                    var next = _slots.NextTick();
                    Volatile.Write(ref _sleepsUntil, next);
                    return next == long.MaxValue ? long.MaxValue : Math.Max(1, next - Now);
                }

                timer = due;
                target = due.Target;
                token = due.Token;
                Volatile.Write(ref _fired, _fired + 1);
            }

            target.OnTimer(timer, token);
        }
    }

    private bool TakeOut_NeedsLock(WheelTimer timer)
    {
        if (timer.Slot >= 0 && timer.Wheel != this)
        {
            throw new InvalidOperationException("The timer is scheduled in another wheel.");
        }

        return _slots.Remove(timer);
    }
}
