using NetCore.Core;

namespace NetCore.Session.Internal;

/// <summary>Ends the streams that this side has opened when their time is up. One timer for all of them.</summary>
/// <remarks>
/// The timer is set for the earliest deadline there was and stays when its stream has ended: nearly all streams end
/// long before theirs, and with deadlines of 30 s it looks twice a minute. A timer for each call cost two locks and the
/// memory of its neighbours in the wheel. A look walks over all streams of this side, so the more there are the longer
/// the pause before the next.
/// </remarks>
internal sealed class StreamDeadlines : ITimerTarget
{
    // A stream that is looked at costs up to 50 ns, a cache miss or two: 500 in a millisecond are 2.5 % of the time.
    private const int LooksPerMillisecond = 500;

    private readonly SessionPump _pump;
    private readonly WheelTimer _timer;

    // Written under the gate: no stream has an earlier deadline, or it is too early to look again.
    private long _due = long.MaxValue;
    private long _notBefore;
    private bool _stopped;

    // Written under the lock of the timer's object: what it is set for.
    private long _set = long.MaxValue;

    public StreamDeadlines(SessionPump pump)
    {
        _pump = pump;
        _timer = new WheelTimer(this);
    }

    private TimerWheel Wheel => _pump.World.Timers;

    /// <summary>A stream has begun. Under the gate; <see cref="SetTimer"/> follows after it.</summary>
    public void OnBegun(long deadline)
    {
        if (deadline < _due && !_stopped)
        {
            Volatile.Write(ref _due, Math.Max(deadline, _notBefore));
        }
    }

    /// <summary>Without the gate, because the wheel may wake its driver.</summary>
    public void SetTimer()
    {
        if (Volatile.Read(ref _set) != Volatile.Read(ref _due))
        {
            lock (_timer)
            {
                SetTimer_NeedsLock();
            }
        }
    }

    /// <summary>Never looks again.</summary>
    public void Stop()
    {
        lock (_pump.Gate)
        {
            _stopped = true;
            Volatile.Write(ref _due, long.MaxValue);
        }

        // Whoever has read an older time writes what he has set under this lock.
        lock (_timer)
        {
            SetTimer_NeedsLock();
        }
    }

    void ITimerTarget.OnTimer(WheelTimer timer, long token)
    {
        bool any;
        object? overrun;
        lock (_pump.Gate)
        {
            if (_stopped)
            {
                return;
            }

            any = EndLate_NeedsGate(Wheel.Now);
            overrun = _pump.Core.Overrun;
        }

        lock (_timer)
        {
            // It may be set again already, which does no harm.
            Interlocked.Exchange(ref _set, long.MaxValue);
            SetTimer_NeedsLock();
        }

        if (any)
        {
            _pump.Teller.TellAll(receiving: false);
            _pump.RequestSend();
        }

        if (overrun is SessionClose reason)
        {
            _pump.Abort(in reason);
        }
    }

    private bool EndLate_NeedsGate(long now)
    {
        var core = _pump.Core;
        var next = long.MaxValue;
        var looks = 0;
        List<SessionStream>? late = null;
        foreach (var stream in core.Streams.Open.Concat(core.Scheduler.WithoutNumber()))
        {
            looks++;
            if (stream.State.Accepted)
            {
                continue;
            }

            // Both are cut to whole milliseconds: at the same one less time than asked for may have passed.
            if (stream.Deadline < now)
            {
                (late ??= []).Add(stream);
            }
            else
            {
                next = Math.Min(next, stream.Deadline);
            }
        }

        _notBefore = now + (looks / LooksPerMillisecond);
        Volatile.Write(ref _due, Math.Max(next, _notBefore));
        foreach (var stream in late ?? [])
        {
            core.TryReset(stream, ResetCode.DeadlineExceeded, out var sent);
            core.Ended.Add(stream, new StreamEnd(StreamEndKind.DeadlineExceeded, default, sent, default));
        }

        return late is not null;
    }

    private void SetTimer_NeedsLock()
    {
        var due = Volatile.Read(ref _due);
        if (due == _set)
        {
            return;
        }

        Volatile.Write(ref _set, due);
        if (due == long.MaxValue)
        {
            Wheel.Cancel(_timer);
        }
        else
        {
            Wheel.Schedule(_timer, due - Wheel.Now);
        }
    }
}
