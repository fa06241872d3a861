using Microsoft.Extensions.Time.Testing;
using NetCore.Core;
using NetCore.Native.Uring;
using NetCore.Testing.Shared;
using NetCore.Transport.Internal;

namespace NetCore.Transport.Tests;

/// <summary>One reactor on a ring whose completions a test may hold, with a clock that the test moves.</summary>
internal sealed class HeldEngine : UringTcpEngine
{
    /// <summary>Twice that is the time after which a close counts as lost.</summary>
    // A timer of the wheel is due in the tick after its time.
    public const int Half = (TransportLimits.LostCloseMilliseconds / 2) + 1;

    /// <summary>Of the generation of a request, which never comes that far.</summary>
    public const ulong NobodysBit = 1UL << 55;

    public HeldRing Held { get; } = new();

    public LogCapture Log { get; } = new();

    public UringSet Ring1 => Sets.Single();

    public override World World => _world ??= new World(new WorldOptions
    {
        Time = Time, TrackBlocks = true, DriveTimers = false, LoggerFactory = Log,
    });

    protected override int Reactors => 1;

    private FakeTimeProvider Time => _time ??= new FakeTimeProvider();

    // Asked for by the constructor of the engine that this is one of.
    private World? _world;
    private FakeTimeProvider? _time;

    /// <summary>Moves the clock, and lets the reactor see to what fell due.</summary>
    public async Task Advance(int milliseconds, Connection connection)
    {
        Time.Advance(TimeSpan.FromMilliseconds(milliseconds));
        World.Timers.Advance();
        await connection.RunOnReactor(static () => { });
    }

    private protected override IUringCalls Ring() => Held;
}
