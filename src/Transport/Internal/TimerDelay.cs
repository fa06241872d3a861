using NetCore.Core;

namespace NetCore.Transport.Internal;

/// <summary>Waits for a time of the world's clock.</summary>
internal sealed class TimerDelay : ITimerTarget, IThreadPoolWorkItem
{
    private readonly World _world;
    private readonly TaskCompletionSource _done = new();
    private readonly WheelTimer _timer;

    public TimerDelay(World world, TimeSpan delay)
    {
        _world = world;
        _timer = new WheelTimer(this);
        world.Timers.Schedule(_timer, (long)delay.TotalMilliseconds);
    }

    public Task Task => _done.Task;

    /// <summary>Ends the wait now.</summary>
    public void Cut()
    {
        if (_world.Timers.Cancel(_timer))
        {
            _world.Executor.Post(this);
        }
    }

    public void OnTimer(WheelTimer timer, long token) => _world.Executor.Post(this);

    public void Execute() => _done.TrySetResult();
}
