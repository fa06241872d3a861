using NetCore.Core;

namespace NetCore.Transport.Internal;

/// <summary>Tells a close whose requests the kernel does not end.</summary>
/// <remarks>
/// When the time is over the reactor looks at its completions once more: one that was held up, by one callback or by
/// several, has them all before it, so that its delay is not taken for the kernel's.
/// </remarks>
internal sealed class UringCloseWatch : ITimerTarget, IThreadPoolWorkItem
{
    private readonly TimerWheel _timers;
    private readonly Reactor _reactor;
    private readonly UringSet _set;
    private readonly UringIo _io;
    private readonly WheelTimer _timer;
    private long? _looks;
    private bool _ended;

    /// <summary>On the reactor's thread, as all but the timer.</summary>
    public UringCloseWatch(TimerWheel timers, Reactor reactor, UringIo io)
    {
        _timers = timers;
        _reactor = reactor;
        _set = reactor.Events<UringSet>();
        _io = io;
        _timer = new WheelTimer(this);
        timers.Schedule(_timer, TransportLimits.LostCloseMilliseconds);
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

        _looks ??= _set.Rounds;
        if (_looks == _set.Rounds)
        {
            // The inbox runs four times at most before the events come first.
            _reactor.Post(this);
            return;
        }

        // Now the reactor waits for it no longer.
        IsLost = true;
        _set.Counts.ChangeLost(1);
        _reactor.Forget();
        KeepsSend = _io.TellLost();
    }

    /// <summary>The close has ended, late or not.</summary>
    public void End()
    {
        _ended = true;
        _timers.Cancel(_timer);
        _set.Counts.ChangeLost(IsLost ? -1 : 0);
    }
}
