namespace NetCore.Core;

/// <summary>Is told when one of its timers has expired.</summary>
public interface ITimerTarget
{
    /// <summary>The timer expired. Runs on the thread that drives the wheel: be short; never block or throw.</summary>
    /// <param name="timer">The timer.</param>
    /// <param name="token">
    /// What was given to <see cref="TimerWheel.Schedule"/>. Expiry and a concurrent cancel can cross: a target that is
    /// pooled compares the token with its present life before it acts.
    /// </param>
    void OnTimer(WheelTimer timer, long token);
}
