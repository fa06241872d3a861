using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using NetCore.Core.Internal;

namespace NetCore.Core;

/// <summary>Everything that the SDK takes from outside: executor, clock, timers, randomness, memory, logging.</summary>
/// <remarks>
/// Each transport, server and client belongs to one world. Production shares <see cref="Default"/>; a test or a
/// simulation makes its own and with it owns every wake-up, every deadline and every random number. Worlds share
/// nothing. Thread-safe.
/// </remarks>
public sealed class World : IDisposable
{
    private static readonly Lazy<World> SharedDefault = new(() => new World(new WorldOptions()));

    private readonly ConcurrentDictionary<Type, Lazy<object>> _shared = new();
    private readonly Stack<IDisposable> _owned = [];
    private readonly TimerThread? _timerThread;

    /// <summary>Creates a world; dispose it after everything that lives in it.</summary>
    public World(WorldOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Executor = options.Executor;
        Time = options.Time;
        Random = options.Random;
        LoggerFactory = GuardedLoggerFactory.Around(options.LoggerFactory, options.Time);
        Budget = new ByteBudget(options.ByteBudget);
        Blocks = new BlockPool(Budget, options.TrackBlocks);
        Timers = new TimerWheel(options.Time);
        if (options.DriveTimers)
        {
            _timerThread = new TimerThread(Timers);
        }
    }

    /// <summary>The world of callers who name none: thread pool, system clock, no logging, 1 GiB of budget.</summary>
    /// <remarks>The SDK's one static. It is made at first use and lives as long as the process.</remarks>
    public static World Default => SharedDefault.Value;

    /// <summary>Where every wake-up goes.</summary>
    public IExecutor Executor { get; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; }

    /// <summary>Deadlines, on <see cref="Time"/>.</summary>
    public TimerWheel Timers { get; }

    /// <summary>Source of identifiers and jitter.</summary>
    public IRandomSource Random { get; }

    /// <summary>Memory for the network.</summary>
    public BlockPool Blocks { get; }

    /// <summary>What <see cref="Blocks"/> may hold.</summary>
    public ByteBudget Budget { get; }

    /// <summary>Where log messages go; logs nothing by default. Its loggers never throw.</summary>
    /// <remarks>
    /// Of warnings and errors with the same event id it writes <see cref="CoreLimits.LoggedPerSecond"/> a second and
    /// the number of those left out: a peer may cause as many as it likes.
    /// </remarks>
    public ILoggerFactory LoggerFactory { get; }

    /// <summary>
    /// The one instance of <typeparamref name="T"/> in this world, made by <paramref name="create"/> at first use.
    /// </summary>
    /// <remarks>
    /// Floors above keep here what would else be a static: the names of <c>inproc://</c>, say. What can be disposed is
    /// disposed with the world.
    /// </remarks>
    public T GetOrAdd<T>(Func<World, T> create)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(create);
        return (T)_shared.GetOrAdd(
            typeof(T),
            static (_, state) => new Lazy<object>(() => state.world.Own(state.create(state.world))),
            (world: this, create)).Value;
    }

    /// <summary>
    /// Disposes what was kept by <see cref="GetOrAdd"/>, the newest first, then stops the timer thread. Timers that are
    /// still scheduled never fire.
    /// </summary>
    /// <remarks>Idempotent. What is added later is nobody's.</remarks>
    public void Dispose()
    {
        while (TakeOwned() is { } owned)
        {
            owned.Dispose();
        }

        _timerThread?.Dispose();
    }

    // In the order in which they were completed: what one needs was there before it.
    private object Own(object value)
    {
        if (value is IDisposable owned)
        {
            lock (_owned)
            {
                _owned.Push(owned);
            }
        }

        return value;
    }

    private IDisposable? TakeOwned()
    {
        lock (_owned)
        {
            return _owned.TryPop(out var owned) ? owned : null;
        }
    }
}
