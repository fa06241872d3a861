namespace NetCore.Bench;

/// <summary>All loads, in the order of the tables.</summary>
/// <remarks>
/// Latency is measured with the cores kept awake: on a virtual machine half of a blocking round trip is otherwise the
/// waking of a halted core. Throughput keeps the cores busy by itself.
/// </remarks>
internal static class Scenarios
{
    private const string UnixSuffix = ".unix";

    public const string PingPong = "ping-pong-32";

    public const string SpinningPingPong = "ping-pong-32-spin";

    public const string ManyConnections = "64x1";

    public const string ManyPipelines = "64x16";

    public const string ManyCallers = "1x64";

    public const string Bulk = "bulk-64k";

    public const string AllRead = "pubsub-100";

    public const string OneStalls = "pubsub-100-stalled";

    private static readonly Scenario[] OverTcp =
    [
        Latency(PingPong, "one request of 32 bytes at a time on one connection"),
        Latency("ping-pong-1k", "one request of 1 KiB at a time on one connection") with { PayloadBytes = 1024 },
        Spinning(SpinningPingPong, "the same with 32 bytes between two sides that poll"),
        Spinning("ping-pong-1k-spin", "the same with 1 KiB between two sides that poll") with { PayloadBytes = 1024 },
        Throughput(ManyCallers, "64 independent requests under way on one connection", 1, 64),
        Throughput(ManyConnections, "64 connections with one request under way on each", 64, 1),
        Throughput(ManyPipelines, "64 connections with 16 requests under way on each", 64, 16),
        new()
        {
            Name = Bulk, Description = "one-way writes of 64 KiB on one connection", Traffic = Traffic.Bulk,
            PayloadBytes = 64 * 1024, IsThroughput = true,
        },
        Latency("beside-bulk", "small calls beside a stream on the same connection that runs at half of its peak") with
        {
            Traffic = Traffic.BesideBulk, LoadShare = 0.5,
        },
        Items("server-stream-32", "items of 32 bytes one way, from the server, on one connection", Traffic.Items),
        Items("duplex-32", "items of 32 bytes there and back on one stream", Traffic.Exchange),
        Publish(1, "messages of 128 bytes through a broker to one subscriber"),
        Publish(8, "messages of 128 bytes through a broker to each of 8 subscribers; deliveries are counted"),
        Publish(64, "messages of 128 bytes through a broker to each of 64 subscribers; deliveries are counted"),
        Latency("pubsub-latency", "one message of 128 bytes at a time through a broker, from publish to delivery") with
        {
            Traffic = Traffic.PublishOne, PayloadBytes = 128,
        },
        Publish(99, "as to 64, to 99 and one more that is not counted") with
        {
            Name = AllRead, Bystander = Bystander.Reads,
        },
        Publish(99, "the same, but the one more does not read") with
        {
            Name = OneStalls, Bystander = Bystander.Stalls,
        },
        Latency("long-tail", "16 callers on one connection; one call of 100 takes 5 ms, the others are measured") with
        {
            Traffic = Traffic.LongTail, Outstanding = 16,
        },
        OpenLoop("open-50", 0.50),
        OpenLoop("open-80", 0.80),
        OpenLoop("open-95", 0.95),
        new()
        {
            Name = "connect", Description = "connect, one request, close; one after the other",
            Traffic = Traffic.Connect, IsThroughput = true,
        },
        Idle("idle-1000", 1000),
        Idle("idle-9500", 9500),
    ];

    public static IReadOnlyList<Scenario> All { get; } = [.. OverTcp, .. OverTcp.Select(OverUnix)];

    /// <summary>What <c>--quick</c> runs with a contestant of this kind.</summary>
    public static bool IsQuick(Scenario scenario, ContestantKind kind) => scenario.Name switch
    {
        PingPong or ManyConnections or ManyPipelines or Bulk => kind == ContestantKind.Echo,
        SpinningPingPong => kind == ContestantKind.Echo,
        ManyCallers => kind is ContestantKind.Rpc or ContestantKind.FramedEcho,
        _ => false,
    };

    /// <summary>The closed loop whose rate is the peak of an open one.</summary>
    public static string? PeakOf(Scenario scenario) => scenario switch
    {
        { LoadShare: 0 } or { Traffic: not Traffic.Echo } => null,
        { Unix: true } => ManyConnections + UnixSuffix,
        _ => ManyConnections,
    };

    /// <summary>The same load without what this one shows the harm of; null where it shows none.</summary>
    public static string? BesideOf(string scenario) => scenario switch
    {
        OneStalls => AllRead,
        OneStalls + UnixSuffix => AllRead + UnixSuffix,
        _ => null,
    };

    /// <summary>Why this machine cannot run it; null when it can.</summary>
    public static string? WhyNotHere(Scenario scenario)
    {
        // Runtime, listeners, pipes and the files of the program itself.
        const int spareFiles = 200;
        if (scenario.Unix && !System.Net.Sockets.Socket.OSSupportsUnixDomainSockets)
        {
            return "this system has no Unix domain sockets";
        }

        return OpenFiles.Limit() is { } limit && limit < scenario.Connections + spareFiles
            ? $"a process may open {limit} files, and this takes {scenario.Connections + spareFiles}: see ulimit -Hn"
            : null;
    }

    private static Scenario OverUnix(Scenario scenario) => scenario with
    {
        Name = scenario.Name + UnixSuffix,
        Description = scenario.Description + ", over a Unix domain socket",
        Unix = true,
    };

    private static Scenario Latency(string name, string description) =>
        new() { Name = name, Description = description, KeepAwake = true };

    private static Scenario Spinning(string name, string description) =>
        new() { Name = name, Description = description, Wait = WaitMode.Spin };

    private static Scenario Throughput(string name, string description, int connections, int outstanding) => new()
    {
        Name = name, Description = description, Connections = connections, Outstanding = outstanding,
        IsThroughput = true,
    };

    private static Scenario Items(string name, string description, Traffic traffic) => new()
    {
        Name = name, Description = description, Traffic = traffic, IsThroughput = true,
    };

    private static Scenario Publish(int subscribers, string description) => new()
    {
        Name = $"pubsub-{subscribers}", Description = description, Traffic = Traffic.Publish,
        Connections = subscribers, PayloadBytes = 128, IsThroughput = true,
    };

    private static Scenario OpenLoop(string name, double share) => Latency(
        name,
        FormattableString.Invariant($"64 connections, requests due at {share:P0} of {ManyConnections}'s peak")) with
    {
        Connections = 64, LoadShare = share,
    };

    private static Scenario Idle(string name, int connections) => new()
    {
        Name = name, Description = $"memory of the server for each of {connections:N0} idle connections",
        Traffic = Traffic.Idle, Connections = connections,
    };
}
