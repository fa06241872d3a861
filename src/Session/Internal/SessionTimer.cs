using NetCore.Core;
using NetCore.Framing;

namespace NetCore.Session.Internal;

/// <summary>
/// The one timer of a session: looks at the clock when something may be due, and at the latest for an abort.
/// </summary>
internal sealed class SessionTimer : ITimerTarget
{
    private readonly SessionPump _pump;
    private readonly WheelTimer _timer;

    // Guarded by the gate. Whoever changes when to look counts it, so that one who has computed an older time notices.
    private long _abortAt = long.MaxValue;
    private int _changes;
    private bool _stopped;

    public SessionTimer(SessionPump pump)
    {
        _pump = pump;
        _timer = new WheelTimer(this);
    }

    private TimerWheel Wheel => _pump.World.Timers;

    /// <summary>Looks soon, and from then on whenever needed.</summary>
    public void Start() => LookSoon(long.MaxValue);

    /// <summary>Aborts if the session has not ended by then.</summary>
    public void AbortAfter(long milliseconds) =>
        LookSoon(Wheel.Now + Math.Clamp(milliseconds, 1, CoreLimits.MaxTimerMilliseconds));

    /// <summary>Never looks again.</summary>
    public void Stop()
    {
        lock (_pump.Gate)
        {
            _stopped = true;
        }

        Wheel.Cancel(_timer);
    }

    void ITimerTarget.OnTimer(WheelTimer timer, long token)
    {
        SessionClose? abort = null;
        LivenessAction action;
        long delay;
        int changes;
        lock (_pump.Gate)
        {
            if (_stopped)
            {
                return;
            }

            var now = Wheel.Now;
            action = Look(now, out var next, ref abort);
            if (abort is null && now >= _abortAt)
            {
                abort = _pump.Core.OrderlyClose ?? SessionMessages.OfAction(LivenessAction.Overdue);
            }

            delay = Math.Min(next, _abortAt) - now;
            changes = _changes;
        }

        if (abort is { } reason)
        {
            _pump.Abort(in reason);
            return;
        }

        Schedule(delay, changes);
        if (action is LivenessAction.HandshakeTimeout or LivenessAction.FrameTimeout)
        {
            _pump.OnFailed();
        }
        else if (action != LivenessAction.None)
        {
            _pump.RequestSend();
        }
    }

    // Under the gate. A peer that may still read is told; one that does not is cut off.
    private LivenessAction Look(long now, out long next, ref SessionClose? abort)
    {
        var core = _pump.Core;
        next = long.MaxValue;
        if (!core.IsAlive)
        {
            return LivenessAction.None;
        }

        abort = (SessionClose?)core.Overrun;
        var action = core.Liveness.Look(now, core.IsGreeted, core.Streams, core.Farewell.Draining, out next);
        if (core.Liveness.IsQuiet)
        {
            Trim(core);
        }

        switch (action)
        {
            case LivenessAction.None:
                break;
            case LivenessAction.Ping:
                core.Scheduler.Control.Add(FrameKind.Ping, 0, new ControlPayload((ulong)now, 0));
                break;
            case LivenessAction.Idle:
                core.Drain(SessionError.Idle, "No call for the idle time; connect again or raise the idle timeout.");
                _abortAt = Math.Min(_abortAt, now + SessionLimits.LingerMilliseconds);
                break;
            case LivenessAction.HandshakeTimeout or LivenessAction.FrameTimeout:
                var close = SessionMessages.OfAction(action);
                core.Fail(close.Error, close.Detail);
                break;
            default:
                abort ??= core.Farewell.OutputEnded ? core.OrderlyClose : null;
                abort ??= SessionMessages.OfAction(action);
                break;
        }

        return action;
    }

    // No stream since the look before: what a load has made grow is given back, and made again when it is needed.
    private static void Trim(SessionCore core)
    {
        core.Streams.Trim();
        core.Ended.Trim();
        core.Scheduler.Control.Trim();
    }

    private void LookSoon(long abortAt)
    {
        int changes;
        lock (_pump.Gate)
        {
            _abortAt = Math.Min(_abortAt, abortAt);
            changes = ++_changes;
        }

        Schedule(1, changes);
    }

    // Outside the gate, because the wheel may wake its driver. What changed meanwhile is made good afterwards.
    private void Schedule(long delay, int changes)
    {
        Wheel.Schedule(_timer, delay);
        bool stopped;
        bool changed;
        lock (_pump.Gate)
        {
            stopped = _stopped;
            changed = changes != _changes;
        }

        if (stopped)
        {
            Wheel.Cancel(_timer);
        }
        else if (changed)
        {
            Wheel.Schedule(_timer, 1);
        }
    }
}
