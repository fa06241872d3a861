using NetCore.Core;

namespace NetCore.Transport.Internal;

/// <summary>Tells a close whose requests the kernel does not end.</summary>
/// <remarks>
/// The time passes twice, and the reactor's thread sees the end of both: one that was held up meanwhile has looked at
/// its completions in between, so that its delay is not taken for the kernel's.
/// </remarks>
internal sealed class UringCloseWatch : ITimerTarget, IThreadPoolWorkItem
{
    private const int Periods = 2;

    private readonly TimerWheel _timers;
    private readonly Reactor _reactor;
    private readonly UringCounts _counts;
    private readonly UringIo _io;
    private readonly WheelTimer _timer;
    private int _seen;
    private bool _ended;

    /// <summary>On the reactor's thread, as all but the timer.</summary>
    public UringCloseWatch(TimerWheel timers, Reactor reactor, UringIo io)
    {
        _timers = timers;
        _reactor = reactor;
        _counts = reactor.Events<UringSet>().Counts;
        _io = io;
        _timer = new WheelTimer(this);
        Schedule();
    }

    /// <summary>Whether the time has passed, and the reactor does not wait for the close.</summary>
    public bool IsLost { get; private set; }

    /// <summary>Whether a send was among what had not ended then.</summary>
    public bool KeepsSend { get; private set; }

    public void OnTimer(WheelTimer timer, long token) => _reactor.Post(this);

    public void Execute()
    {
        if (_ended)
        {
            return;
        }

        if (++_seen < Periods)
        {
            Schedule();
            return;
        }

        // Now the reactor waits for it no longer.
        IsLost = true;
        _counts.ChangeLost(1);
        _reactor.Forget();
        KeepsSend = _io.TellLost();
    }

    /// <summary>The close has ended, late or not.</summary>
    public void End()
    {
        _ended = true;
        _timers.Cancel(_timer);
        _counts.ChangeLost(IsLost ? -1 : 0);
    }

    private void Schedule() => _timers.Schedule(_timer, TransportLimits.LostCloseMilliseconds / Periods);
}
