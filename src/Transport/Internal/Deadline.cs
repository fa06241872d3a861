using NetCore.Core;

namespace NetCore.Transport.Internal;

/// <summary>A token that the world's timer cancels, or the caller's token before.</summary>
internal sealed class Deadline : ITimerTarget, IThreadPoolWorkItem, IDisposable
{
    private readonly World _world;
    private readonly CancellationTokenSource _source;
    private readonly WheelTimer _timer;

    public Deadline(World world, TimeSpan after, CancellationToken token)
    {
        _world = world;
        _source = CancellationTokenSource.CreateLinkedTokenSource(token);
        _timer = new WheelTimer(this);
        world.Timers.Schedule(_timer, (long)after.TotalMilliseconds);
    }

    public CancellationToken Token => _source.Token;

    // Cancelling runs other people's callbacks, which the thread of the timers must not wait for.
    public void OnTimer(WheelTimer timer, long token) => _world.Executor.Post(this);

    public void Execute()
    {
        // The attempt may be over and disposed while the expiry was on its way.
        try
        {
            _source.Cancel();
        }
        catch (ObjectDisposedException)
        {
        }
    }

    public void Dispose()
    {
        _world.Timers.Cancel(_timer);
        _source.Dispose();
    }
}
