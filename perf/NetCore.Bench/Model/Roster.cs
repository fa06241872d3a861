using NetCore.Bench.Contenders;

namespace NetCore.Bench;

/// <summary>Who takes part, in the order of the tables.</summary>
internal static class Roster
{
    public static IReadOnlyList<Contestant> All { get; } =
    [
        new FloorContestant(WaitMode.Block, framed: false),
        new FloorContestant(WaitMode.Spin, framed: false),
        new FloorContestant(WaitMode.Block, framed: true),
        new FloorContestant(WaitMode.Spin, framed: true),
        new UringFloorContestant(WaitMode.Block, framed: false),
        new UringFloorContestant(WaitMode.Spin, framed: false),
        new UringFloorContestant(WaitMode.Block, framed: true),
        new UringFloorContestant(WaitMode.Spin, framed: true),
        new SocketContestant(),
        new SocketInlineContestant(),
        new SocketSyncContestant(),
        new KestrelContestant(),
        .. EngineSetup.Transports.Select(static setup => new NetCoreEchoContestant(setup)),
        new GrpcContestant(),
        new GrpcInlineContestant(),
        new GrpcStreamContestant(),
        new StreamJsonRpcContestant(),
        new ForwardContestant(),
        new NatsContestant(),
        new RedisContestant(),
        .. EngineSetup.Topics.Select(static setup => new NetCoreTopicContestant(setup)),
        .. EngineSetup.Calls.Select(static setup => new NetCoreContestant(setup)),
    ];

    /// <summary>The contestant with this name.</summary>
    /// <exception cref="UsageException">There is none.</exception>
    public static Contestant Get(string name) =>
        All.FirstOrDefault(one => one.Name == name)
        ?? throw new UsageException(
            $"There is no contestant '{name}', only {string.Join(", ", All.Select(one => one.Name))}.");
}
