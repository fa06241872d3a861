namespace NetCore.Core.Internal;

/// <summary>
/// One dedicated thread that drives a timer wheel. Not the pool's timers: these stop firing when the pool is starved,
/// and a deadline must hold just then.
/// </summary>
internal sealed class TimerThread : IDisposable
{
    private readonly TimerWheel _wheel;
    private readonly AutoResetEvent _wake = new(false);
    private volatile bool _stopping;

    public TimerThread(TimerWheel wheel)
    {
        _wheel = wheel;
        _wheel.SetDriver(() => _wake.Set());
        var thread = new Thread(Run) { IsBackground = true, Name = "NetCore timers" };
        thread.UnsafeStart();
    }

    public void Dispose()
    {
        _stopping = true;
        _wake.Set();
    }

    private void Run()
    {
        while (!_stopping)
        {
            var sleep = _wheel.Advance();
            _wake.WaitOne(sleep == long.MaxValue ? Timeout.Infinite : (int)Math.Min(sleep, int.MaxValue));
        }
    }
}
