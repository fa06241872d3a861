using NetCore.Core;

namespace NetCore.Transport.Internal;

/// <summary>A timer wheel that a reactor drives; without one it does nothing. For the reactor's thread.</summary>
internal sealed class ReactorTimers
{
    private TimerWheel? _wheel;

    public void Drive(TimerWheel wheel, Action wake)
    {
        _wheel = wheel;
        wheel.SetDriver(wake);
    }

    /// <summary>
    /// Fires what is due; true when anything was. One look at the clock, no lock while nothing is due.
    /// </summary>
    public bool Run()
    {
        if (_wheel is not { } wheel || wheel.Now < wheel.NextLook)
        {
            return false;
        }

        var fired = wheel.Fired;
        wheel.Advance();
        return wheel.Fired != fired;
    }

    /// <summary>
    /// The longest sleep, of which the wheel's deadline leaves the rest; 0 when it has come. Who schedules an earlier
    /// timer after this wakes the reactor.
    /// </summary>
    /// <param name="milliseconds">What is asked for; -1 has no end.</param>
    public int Bound(int milliseconds)
    {
        var next = _wheel?.NextLook ?? long.MaxValue;
        if (next == long.MaxValue)
        {
            return milliseconds;
        }

        var left = Math.Clamp(next - _wheel!.Now, 0, int.MaxValue);
        return (int)Math.Min((uint)milliseconds, left);
    }
}
