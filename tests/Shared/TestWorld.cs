using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using NetCore.Core;

namespace NetCore.Testing.Shared;

/// <summary>
/// A world in which nothing happens by itself: stepped executor, hand-moved clock, seeded randomness.
/// </summary>
/// <remarks>Blocks are tracked. For the thread of one test.</remarks>
public sealed class TestWorld : IDisposable
{
    /// <summary>Makes a world.</summary>
    /// <param name="seed">Seed of the random source, and of the order of items when that is permuted.</param>
    /// <param name="permute">Whether the executor runs its items in a random order instead of the posted one.</param>
    /// <param name="byteBudget">Bytes that the world's blocks may take.</param>
    /// <param name="loggers">Where log messages go; null drops them.</param>
    public TestWorld(
        ulong seed = 1,
        bool permute = false,
        long byteBudget = CoreLimits.DefaultByteBudget,
        ILoggerFactory? loggers = null)
    {
        Executor = new SteppingExecutor(permute ? seed : null);
        Time = new FakeTimeProvider();
        Random = new SeededRandomSource(seed);
        World = new World(new WorldOptions
        {
            Executor = Executor,
            Time = Time,
            Random = Random,
            ByteBudget = byteBudget,
            TrackBlocks = true,
            DriveTimers = false,
            LoggerFactory = loggers ?? NullLoggerFactory.Instance,
        });
    }

    /// <summary>The world.</summary>
    public World World { get; }

    /// <summary>Its executor.</summary>
    public SteppingExecutor Executor { get; }

    /// <summary>Its clock. <see cref="Advance"/> moves it and does the work that falls due.</summary>
    public FakeTimeProvider Time { get; }

    /// <summary>Its random source.</summary>
    public SeededRandomSource Random { get; }

    /// <summary>Does what is due now: timers and work items, until both are quiet. The clock stands still.</summary>
    public void Settle()
    {
        do
        {
            World.Timers.Advance();
        }
        while (Executor.RunAll() > 0);
    }

    /// <summary>
    /// Moves the clock by <paramref name="time"/>, stopping at each timer on the way, so that timers and the work
    /// that follows from them see the time at which they fall due.
    /// </summary>
    public void Advance(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        var left = time;
        while (true)
        {
            Settle();
            if (left == TimeSpan.Zero)
            {
                return;
            }

            var next = World.Timers.Advance();
            var step = next < left.TotalMilliseconds ? TimeSpan.FromMilliseconds(next) : left;
            Time.Advance(step);
            left -= step;
        }
    }

    /// <summary>Runs the world until <paramref name="condition"/> holds, moving the clock as far as needed.</summary>
    /// <param name="condition">Looked at before each millisecond.</param>
    /// <param name="limit">Virtual time after which the test fails.</param>
    public void AdvanceUntil(Func<bool> condition, TimeSpan limit)
    {
        ArgumentNullException.ThrowIfNull(condition);
        var step = TimeSpan.FromMilliseconds(1);
        Settle();
        for (var passed = TimeSpan.Zero; !condition(); passed += step)
        {
            if (passed >= limit)
            {
                throw new TimeoutException($"The condition did not hold within {limit} of virtual time.");
            }

            Advance(step);
        }
    }

    /// <summary>
    /// Fails unless everything was given back: no rented block, no used budget, no timer, no waiting work.
    /// </summary>
    public void AssertBaseline()
    {
        World.Blocks.AssertAllReturned();
        var problems = new List<string>();
        if (World.Budget.Used != 0)
        {
            problems.Add($"{World.Budget.Used} bytes of the budget are used");
        }

        if (World.Timers.Count != 0)
        {
            problems.Add($"{World.Timers.Count} timers are scheduled");
        }

        if (Executor.Pending != 0)
        {
            problems.Add($"{Executor.Pending} work items wait");
        }

        if (problems.Count > 0)
        {
            throw new InvalidOperationException("Not at the baseline: " + string.Join("; ", problems) + ".");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => World.Dispose();
}
