using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NetCore.Core.Internal;

namespace NetCore.Core;

/// <summary>What a <see cref="World"/> is made of.</summary>
public sealed record WorldOptions
{
    /// <summary>Runs every wake-up. Default: the thread pool.</summary>
    public IExecutor Executor { get; init; } = new ThreadPoolExecutor();

    /// <summary>The clock. Default: the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Randomness. Default: the operating system's cryptographic source.</summary>
    public IRandomSource Random { get; init; } = new SystemRandomSource();

    /// <summary>
    /// Log messages. What a logger throws is dropped; see <see cref="World.LoggerFactory"/>. Default: none.
    /// </summary>
    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;

    /// <summary>Bytes that the world's blocks may take. Default: <see cref="CoreLimits.DefaultByteBudget"/>.</summary>
    public long ByteBudget { get; init; } = CoreLimits.DefaultByteBudget;

    /// <summary>
    /// Whether blocks are tracked: rent stacks, poison on return, quarantine, and errors that name leak, double
    /// return and use after return. (A block cannot be returned to a foreign pool.) Default: true in debug builds of
    /// the SDK, else false.
    /// </summary>
    public bool TrackBlocks { get; init; } =
#if DEBUG
        true;
#else
        false;
#endif

    /// <summary>
    /// Whether the world starts a thread that drives its timers. Default: true. False for a simulation or a test,
    /// which calls <see cref="TimerWheel.Advance"/> itself.
    /// </summary>
    public bool DriveTimers { get; init; } = true;
}
