using System.Runtime.CompilerServices;
using NetCore.Core;
using NetCore.Native;
using NetCore.Native.Uring;
using NetCore.Transport.Internal;

namespace NetCore.Transport;

/// <summary>A reactor without a thread: connections, calls and deadlines live on a thread of the application.</summary>
/// <remarks>
/// <para>
/// For the lowest latency: what has arrived is received, decoded and handled by the thread that waits for it, without
/// another thread being woken. Everything that lives in its <see cref="World"/> runs inside <see cref="Poll"/> and
/// <see cref="Run(ValueTask)"/>, and nothing runs between two of them: whoever polls too seldom sees late deadlines and
/// silent peers. Linux only.
/// </para>
/// <para>
/// The first thread that polls is the one that it belongs to; another thread that polls, and a callback that does, get
/// an exception. Everything else may be called from any thread: it is posted and wakes the reactor. An exception of a
/// work item comes out of the poll that runs it; what was found beside it runs in the next one.
/// </para>
/// </remarks>
public sealed class AppReactor : IDisposable
{
    // Rounds of submits and completions before a poll comes back. On a ring a connection has one send in flight, and
    // most complete at once: what waits for the end of one goes out in the next round, and a peer that sends without
    // end holds nobody up.
    private const int FlushRounds = 8;

    private readonly Reactor _reactor;
    private readonly ReactorGroup _group;
    private readonly TimeProvider _time;
    private readonly RunWait _wait;
    private volatile bool _disposed;

    /// <summary>Makes a reactor and its world.</summary>
    /// <param name="options">Null means the defaults.</param>
    /// <param name="world">
    /// Clock, logging, randomness and memory of its world; null means the defaults. The executor is the reactor and
    /// the timers are driven by it, whatever this says.
    /// </param>
    /// <exception cref="PlatformNotSupportedException">This is not Linux.</exception>
    /// <exception cref="TransportException">
    /// The process has no more descriptors, or io_uring is asked for and cannot be used here.
    /// </exception>
    public AppReactor(AppReactorOptions? options = null, WorldOptions? world = null)
        : this(options ?? new AppReactorOptions(), world ?? new WorldOptions(), new SystemCalls())
    {
    }

    internal AppReactor(
        AppReactorOptions options, WorldOptions world, ISystemCalls calls, IUringCalls? ring = null)
    {
        var onRing = options.Engine == TransportEngine.Uring;
        ReactorHost.CheckPlatform(onRing ? "io_uring" : "epoll");
        _time = world.Time;
        _reactor = onRing
            ? UringHost.CreateAppReactor(ring ?? new UringKernel(), _time, options.Wait)
            : new Reactor(calls, _time, options.Wait);
        _wait = new RunWait(_reactor.Wake);
        _group = new ReactorGroup(_reactor);
        World = new World(world with { Executor = _reactor, DriveTimers = false });
        _reactor.Timers.Drive(World.Timers, _reactor.Wake);
        _reactor.Join(World);
        var transport = new ReactorTransport(onRing
            ? new UringHost(World, options.Sockets, _group) : new EpollHost(World, options.Sockets, _group));
        WorldTransports.Of(World).SetReactor(transport);
        Transport = transport;
    }

    /// <summary>
    /// The world of what lives on it: its executor is the reactor, its timers fire while it is polled.
    /// </summary>
    public World World { get; }

    /// <summary>Connects and listens on it, by TCP and Unix domain sockets.</summary>
    public ITransport Transport { get; }

    /// <summary>What it has done so far; from any thread.</summary>
    public TransportCounters Counters => _group.Counters;

    /// <summary>
    /// How long the earliest deadline has been due without a poll; zero when none is. From any thread, for a watchdog.
    /// </summary>
    public TimeSpan PollOverdue => World.Timers.Overdue;

    /// <summary>Runs what is ready; when nothing is, waits until something was.</summary>
    /// <param name="timeout">
    /// The longest wait. Zero only looks; <see cref="Timeout.InfiniteTimeSpan"/> has no end. A sleep in the kernel is
    /// rounded up to a whole millisecond.
    /// </param>
    /// <returns>Whether anything ran.</returns>
    /// <exception cref="InvalidOperationException">
    /// It belongs to another thread, or the caller is one of its callbacks.
    /// </exception>
    public bool Poll(TimeSpan timeout)
    {
        if (timeout != Timeout.InfiniteTimeSpan)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(timeout, TimeSpan.Zero);
        }

        Enter();
        try
        {
            var ran = timeout == TimeSpan.Zero ? _reactor.Turn(0) : PollUntil(timeout);
            _reactor.Flush(FlushRounds);
            return ran;
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Polls until <paramref name="task"/> is complete.</summary>
    /// <remarks>
    /// Allocates nothing for the tasks of pooled sources, as those of calls are. It may complete on any thread. A task
    /// that only a later poll can complete by something else than this reactor has no end here: give it a deadline.
    /// </remarks>
    /// <exception cref="InvalidOperationException">
    /// It belongs to another thread, or the caller is one of its callbacks.
    /// </exception>
    public void Run(ValueTask task)
    {
        Enter();
        var isComplete = false;
        try
        {
            var awaiter = task.ConfigureAwait(false).GetAwaiter();
            for (var registered = false; !awaiter.IsCompleted; registered = true)
            {
                TurnUntilTold(in task, awaiter, registered);
            }

            isComplete = true;
            _reactor.Flush(FlushRounds);
            awaiter.GetResult();
        }
        finally
        {
            _wait.End(in task, isComplete);
            Leave();
        }
    }

    /// <summary>Polls until <paramref name="task"/> is complete and gives its result.</summary>
    /// <inheritdoc cref="Run(ValueTask)"/>
    public T Run<T>(ValueTask<T> task)
    {
        Enter();
        var isComplete = false;
        try
        {
            var awaiter = task.ConfigureAwait(false).GetAwaiter();
            for (var registered = false; !awaiter.IsCompleted; registered = true)
            {
                TurnUntilTold(in task, awaiter, registered);
            }

            isComplete = true;
            _reactor.Flush(FlushRounds);
            return awaiter.GetResult();
        }
        finally
        {
            _wait.End(in task, isComplete);
            Leave();
        }
    }

    // A reactor that never sleeps looks at the task after each turn. Any other lets the task tell, because it may
    // complete on a thread that knows nothing of the reactor.
    private void TurnUntilTold<TTask, TAwaiter>(in TTask task, TAwaiter awaiter, bool registered)
        where TTask : struct
        where TAwaiter : struct, ICriticalNotifyCompletion
    {
        if (_reactor.NeverSleeps)
        {
            _reactor.Turn(Timeout.Infinite);
            return;
        }

        if (!registered)
        {
            _wait.Register(in task, awaiter);
        }

        while (!_wait.TakeTold())
        {
            _reactor.Turn(Timeout.Infinite);
        }
    }

    /// <summary>
    /// Aborts the connections and listeners that are left, polls until they are closed, and gives everything back.
    /// </summary>
    /// <remarks>
    /// On the thread that polls, or after that thread has ended. Dispose clients and servers before: nobody receives,
    /// and no deadline ends anything, after this. What is still posted to it runs on the thread pool, one item after
    /// the other. Idempotent.
    /// </remarks>
    /// <exception cref="InvalidOperationException">
    /// It belongs to another thread that is alive, or the caller is one of its callbacks.
    /// </exception>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _reactor.TryRebind();
        Enter();
        try
        {
            _reactor.RunLeft();
            while (!_reactor.TryEnd())
            {
                _reactor.End();
                _reactor.Turn(Timeout.Infinite);
            }

            _reactor.RunLeft();
            _disposed = true;
            _reactor.Dispose();
            World.Dispose();
        }
        finally
        {
            _reactor.IsDriven = false;
        }
    }

    private bool PollUntil(TimeSpan timeout)
    {
        if (timeout == Timeout.InfiniteTimeSpan)
        {
            while (!_reactor.Turn(Timeout.Infinite))
            {
            }

            return true;
        }

        var start = _time.GetTimestamp();
        for (var left = timeout; left > TimeSpan.Zero; left = timeout - _time.GetElapsedTime(start))
        {
            if (_reactor.Turn((int)Math.Min(Math.Ceiling(left.TotalMilliseconds), int.MaxValue)))
            {
                return true;
            }
        }

        // What fell due at the end of the wait.
        return _reactor.Turn(0);
    }

    // Nothing runs until the next poll, which may be late: what callbacks have sent goes out now, after an exception
    // too, but then no other callback runs.
    private void Leave()
    {
        try
        {
            _reactor.Flush(0);
        }
        finally
        {
            _reactor.IsDriven = false;
        }
    }

    private void Enter()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (!_reactor.IsCurrentThread && !_reactor.TryBind(Thread.CurrentThread))
        {
            throw new InvalidOperationException(
                $"The reactor belongs to thread {_reactor.Owner!.ManagedThreadId}, which was the first to poll it; "
                + $"this is thread {Environment.CurrentManagedThreadId}.");
        }

        if (_reactor.IsDriven)
        {
            throw new InvalidOperationException(
                "The reactor is being polled by this thread: a callback of it, or code after an await, cannot poll.");
        }

        _reactor.IsDriven = true;
    }
}
