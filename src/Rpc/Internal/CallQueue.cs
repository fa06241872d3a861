using NetCore.Core;
using NetCore.Transport;

namespace NetCore.Rpc.Internal;

/// <summary>The calls of one connection whose user code is due, and the runners that run it.</summary>
/// <remarks>
/// <para>
/// A runner takes calls until none is left. It asks for another one while calls remain and fewer run than the
/// executor's parallelism: waking a thread for every call cost 8 us each on one core, twice the call itself. When user
/// code blocks, so that no call is taken between two looks of the watch, as many runners more are allowed: a call that
/// blocks delays the others by a few milliseconds, once.
/// </para>
/// <para>
/// While calls are left, what their code sends is held, to go out in one send. It is released by a runner that finds
/// nothing more to run or has just started, and after <see cref="HoldMicroseconds"/>: calls that take longer than that
/// gain nothing by waiting for each other.
/// </para>
/// </remarks>
internal sealed class CallQueue : IThreadPoolWorkItem, ITimerTarget
{
    // A send and the wake-ups that it causes cost 30 us on both sides together: ten times that is felt by nobody who
    // has many calls under way, and at 50 us a batch of 64 small calls was cut into five sends.
    private const int HoldMicroseconds = 200;

    // Each look wakes the timer thread, 10 us: at most 250 looks a second are a quarter of a per cent of a core.
    private const int WatchMilliseconds = 4;

    private readonly World _world;
    private readonly Connection _connection;
    private readonly int _limit;
    private readonly int _parallelism;
    private readonly long _holdTicks;
    private readonly Lock _lock = new();

    // Guarded by the lock. The watch is made when it is needed first: many queues never hold two calls at once.
    private WheelTimer? _watch;
    private IQueuedCall? _head;
    private IQueuedCall? _tail;
    private int _running;
    private int _runners;
    private int _stuck;
    private uint _looks;
    private ulong _taken;
    private ulong _takenAtLook;
    private long _heldSince;
    private bool _queued;
    private bool _held;
    private bool _watched;

    /// <summary>Creates an empty queue.</summary>
    /// <param name="world">Where it lives.</param>
    /// <param name="connection">Whose calls these are.</param>
    /// <param name="limit">Most calls whose user code is under way at once.</param>
    public CallQueue(World world, Connection connection, int limit)
    {
        _world = world;
        _connection = connection;
        _limit = limit;
        _parallelism = Math.Max(1, world.Executor.Parallelism);
        _holdTicks = world.Time.TimestampFrequency * HoldMicroseconds / 1_000_000;
    }

    /// <summary>Queues a call; from any thread.</summary>
    public void Enqueue(IQueuedCall call)
    {
        var next = default(Then);
        lock (_lock)
        {
            if (_tail is null)
            {
                _head = call;
            }
            else
            {
                _tail.Next = call;
            }

            _tail = call;
            Arm_NeedsLock(ref next);
        }

        Do(in next, afterBatch: true);
    }

    /// <summary>Fewer calls than the limit are under way; a hint, because others start and end meanwhile.</summary>
    public bool HasRoom => Volatile.Read(ref _running) < _limit;

    /// <summary>A call that was started elsewhere goes on, and counts until <see cref="OnLeft"/>.</summary>
    public void OnJoined()
    {
        lock (_lock)
        {
            _running++;
        }
    }

    /// <summary>A call that went on elsewhere is over.</summary>
    public void OnLeft()
    {
        var next = default(Then);
        lock (_lock)
        {
            _running--;
            Arm_NeedsLock(ref next);
        }

        Do(in next, afterBatch: true);
    }

    /// <summary>A runner.</summary>
    void IThreadPoolWorkItem.Execute()
    {
        var looks = Begin();
        var context = ExecutionContext.Capture();
        var over = false;
        for (var count = 0; Take(over, ref looks, count == RpcLimits.CallsPerWorkItem) is { } call; count++)
        {
            var back = false;
            try
            {
                over = call.Run();
                back = true;
            }
            finally
            {
                // A raw continuation: what it throws is its executor's, and this runner leaves with it.
                _ = back ? null : Take(over: true, ref looks, leave: true);
                if (context is not null)
                {
                    // What user code left in its flow (AsyncLocal) is not for the next call.
                    ExecutionContext.Restore(context);
                }
            }
        }
    }

    /// <summary>The watch looks whether calls are taken while some wait.</summary>
    void ITimerTarget.OnTimer(WheelTimer timer, long token)
    {
        var next = default(Then);
        lock (_lock)
        {
            _watched = false;
            if (_taken == _takenAtLook && !_queued && (_held || _head is not null))
            {
                // Every runner is in user code since the last look, or has no processor. The next one releases sends.
                _stuck = _runners;
                _looks++;
                next.Post = _queued = _held || CanStart_NeedsLock();
            }

            Watch_NeedsLock(ref next);
        }

        Do(in next, afterBatch: false);
    }

    private uint Begin()
    {
        var next = default(Then);
        uint looks;
        lock (_lock)
        {
            _queued = false;
            _runners++;
            looks = _looks;

            // What another runner holds may wait behind user code that blocks.
            Release_NeedsLock(ref next);
        }

        Do(in next, afterBatch: false);
        return looks;
    }

    // The next call, or null, and then the runner has left. 'over': the call before it is; 'looks': of the watch, by
    // which a runner knows that it was counted as stuck.
    private IQueuedCall? Take(bool over, ref uint looks, bool leave)
    {
        var next = default(Then);
        IQueuedCall? call;
        lock (_lock)
        {
            _running -= over ? 1 : 0;
            _stuck -= looks != _looks ? 1 : 0;
            looks = _looks;
            call = leave || _runners > _parallelism + _stuck || _running >= _limit ? null : Dequeue_NeedsLock();
            if (call is null)
            {
                _runners--;
                Release_NeedsLock(ref next);
            }
            else
            {
                Hold_NeedsLock(ref next);
            }

            Arm_NeedsLock(ref next);
        }

        Do(in next, afterBatch: false);
        return call;
    }

    private IQueuedCall? Dequeue_NeedsLock()
    {
        if (_head is not { } call)
        {
            return null;
        }

        _head = call.Next;
        _tail = _head is null ? null : _tail;
        call.Next = null;
        _running++;
        _taken++;
        return call;
    }

    private void Hold_NeedsLock(ref Then next)
    {
        if (_held)
        {
            if (_world.Time.GetTimestamp() - _heldSince >= _holdTicks)
            {
                Release_NeedsLock(ref next);
            }
        }
        else if (_head is not null)
        {
            // Under the lock, so that no runner that starts can miss it.
            _held = true;
            _heldSince = _world.Time.GetTimestamp();
            _connection.HoldSends();
        }
    }

    private void Release_NeedsLock(ref Then next)
    {
        next.Release = _held;
        _held = false;
    }

    // Asks for a runner when one more may run, else makes sure that somebody watches those that do.
    private void Arm_NeedsLock(ref Then next)
    {
        if (!_queued && _head is not null && CanStart_NeedsLock())
        {
            next.Post = _queued = true;
        }

        Watch_NeedsLock(ref next);
    }

    private bool CanStart_NeedsLock() => _running < _limit && _runners < _parallelism + _stuck;

    private void Watch_NeedsLock(ref Then next)
    {
        if (!_watched && !_queued && _runners > 0 && (_held || _head is not null))
        {
            next.Watch = _watched = true;
            _watch ??= new WheelTimer(this);
            _takenAtLook = _taken;
        }
    }

    // What was decided under the lock and is done outside of it.
    private void Do(in Then next, bool afterBatch)
    {
        if (next.Watch)
        {
            _world.Timers.Schedule(_watch!, WatchMilliseconds);
        }

        if (next.Post && afterBatch)
        {
            _connection.RunAfterBatch(this);
        }
        else if (next.Post)
        {
            _world.Executor.Post(this);
        }

        if (next.Release)
        {
            _connection.ReleaseSends();
        }
    }

    private struct Then
    {
        public bool Post;
        public bool Release;
        public bool Watch;
    }
}
