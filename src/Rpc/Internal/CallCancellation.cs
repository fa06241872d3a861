using NetCore.Core;

namespace NetCore.Rpc.Internal;

/// <summary>A handler's token: made when asked for, cancelled at the deadline or when nobody waits any more.</summary>
/// <remarks>Reused with its call; the life tells the uses apart, because a timer may fire while a call ends.</remarks>
internal sealed class CallCancellation : ITimerTarget
{
    private readonly World _world;
    private readonly WheelTimer _timer;
    private readonly Lock _lock = new();

    // Set under the lock by whoever changes anything below. Most calls are neither cancelled nor ask for their token,
    // and end without the lock.
    private volatile bool _used;

    // Guarded by the lock.
    private CancellationTokenSource? _source;
    private long _life;
    private bool _requested;
    private bool _timerSet;

    public CallCancellation(World world)
    {
        _world = world;
        _timer = new WheelTimer(this);
    }

    public bool IsRequested => Volatile.Read(ref _requested);

    /// <summary>The token, which is cancelled at <paramref name="deadline"/> at the latest.</summary>
    public CancellationToken TokenUntil(long deadline)
    {
        lock (_lock)
        {
            _used = true;

            // A new one has no registrations yet, so that cancelling it runs no user code under the lock.
            _source ??= Make(cancelled: _requested);
            if (!_requested && !_timerSet)
            {
                _timerSet = true;
                _world.Timers.Schedule(_timer, deadline - _world.Timers.Now, _life);
            }

            return _source.Token;
        }
    }

    /// <summary>Nobody waits for the answer any more.</summary>
    public void Request()
    {
        long life;
        lock (_lock)
        {
            life = _life;
        }

        Request(life);
    }

    /// <summary>The handler is over: no deadline is watched any more.</summary>
    public void StopWatching()
    {
        if (!_used)
        {
            return;
        }

        bool set;
        lock (_lock)
        {
            set = _timerSet;
        }

        if (set)
        {
            _world.Timers.Cancel(_timer);
        }
    }

    /// <summary>Makes it ready for the next call.</summary>
    public void Reset()
    {
        if (!_used)
        {
            return;
        }

        lock (_lock)
        {
            _used = false;
            _life++;

            // A source whose cancellation was requested may still be cancelled later: it is not used again.
            if (_requested || (_source is { } used && !used.TryReset()))
            {
                _source = null;
            }

            _requested = _timerSet = false;
        }
    }

    void ITimerTarget.OnTimer(WheelTimer timer, long token) => Request(token);

    private static CancellationTokenSource Make(bool cancelled)
    {
        var source = new CancellationTokenSource();
        if (cancelled)
        {
            source.Cancel();
        }

        return source;
    }

    private void Request(long life)
    {
        CancellationTokenSource? source;
        lock (_lock)
        {
            if (_life != life || _requested)
            {
                return;
            }

            _used = _requested = true;
            source = _source;
        }

        if (source is not null)
        {
            // Callbacks of the token are user code: never on a receive callback or the timer's thread.
            _world.Executor.Post(new CancelItem(source));
        }
    }
}
