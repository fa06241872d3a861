using NetCore.Core;

namespace NetCore.Transport.Internal;

/// <summary>Tells a close whose requests the kernel does not end.</summary>
/// <remarks>
/// When the time is over the reactor gets a moment more, in which it looks at its completions: one that was held up has
/// them all before it, and may ask again for a cancel that was in vain. So its delay is not taken for the kernel's.
/// </remarks>
internal sealed class UringCloseWatch : ITimerTarget, IThreadPoolWorkItem
{
    // The answer of a cancel that was in vain, the next one, its answer, and what it has ended.
    private const int Looks = 4;
    private const int MomentMilliseconds = 100;

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
        if (_set.Rounds - _looks < Looks)
        {
            _timers.Schedule(_timer, MomentMilliseconds);
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
        if (IsLost)
        {
            // Others may still use it, so it is waited for again; by a reactor that has ended it cannot be.
            _set.Counts.ChangeLost(-1);
            IsLost = !_reactor.TryExpect();
        }
    }
}
