namespace NetCore.Bench;

/// <summary>From what was measured to the record of the report.</summary>
internal static class CellReport
{
    /// <summary>How the reason of a cell without figures starts.</summary>
    public const string FailedPrefix = "failed: ";

    /// <summary>How the reason of a cell starts that was measured again in the same round.</summary>
    public const string RepeatedPrefix = "repeated: ";

    /// <summary>How the reason of a cell starts that was not started.</summary>
    public const string NotWarmPrefix = "not warm: ";

    public static ReportCell Of(
        int round, Scenario scenario, Contestant contestant, CellFigures figures, double peak)
    {
        var (load, server) = (figures.Load, figures.Server);
        double PerOp(double value) => load.Operations > 0 ? value / load.Operations : 0;
        double? Counted(long? value) => value is { } count ? PerOp(count) : null;
        return Empty(round, scenario, contestant) with
        {
            OpsPerSecond = load.Seconds > 0 ? load.Operations / load.Seconds : 0,
            P50Us = load.P50,
            P90Us = load.P90,
            P99Us = load.P99,
            P999Us = load.P999,
            MaxUs = load.Max,
            GbPerSecond = load.Seconds > 0 ? load.Bytes / load.Seconds / 1e9 : 0,
            ClientCpuUsPerOp = PerOp(load.Usage.CpuMicroseconds),
            ServerCpuUsPerOp = PerOp(server.CpuMicroseconds),
            ClientAllocatedBytesPerOp = PerOp(load.Usage.AllocatedBytes),
            ServerAllocatedBytesPerOp = PerOp(server.AllocatedBytes),
            ContextSwitchesPerOp = PerOp(load.Usage.ContextSwitches + server.ContextSwitches),
            GcCounts = [.. load.Usage.Collections.Zip(server.Collections, static (one, other) => one + other)],
            SyscallsPerOp = Counted(server.SystemCalls),
            ClientSyscallsPerOp = Counted(load.Usage.SystemCalls),
            RequestsPerOp = Counted(server.Requests),
            ClientRequestsPerOp = Counted(load.Usage.Requests),
            Discarded = CellJudge.Discard(scenario, contestant.Kind, figures),
            Curve = load.Curve,
            OfferedPerSecond = scenario.Traffic == Traffic.Echo ? load.OfferedPerSecond : null,
            ServerBytesPerConnection = scenario.Traffic == Traffic.Idle
                ? (double)server.ResidentBytes / scenario.Connections
                : null,
            ServerManagedBytesPerConnection = scenario.Traffic == Traffic.Idle
                ? (double)server.ManagedBytes / scenario.Connections
                : null,
            ClientManagedBytesPerConnection = scenario.Traffic == Traffic.Idle
                ? (double)load.Usage.ManagedBytes / scenario.Connections
                : null,
            ServerResidentBytes = scenario.IsTopics ? figures.ServerResidentBytes : null,
            ServerHeldBytes = figures.Held?.Bytes,
            ServerMostHeldBytes = figures.Held?.Most,
            ClientBusy = figures.ClientBusy,
            ServerBusy = figures.ServerBusy,
            WarmUpSeconds = figures.WarmUp.Seconds,
            Steady = figures.WarmUp.Steady,
            Labels = CellJudge.Labels(scenario, figures, peak),
        };
    }

    public static ReportCell Failed(int round, Scenario scenario, Contestant contestant, string reason) =>
        Empty(round, scenario, contestant) with { Discarded = FailedPrefix + reason };

    /// <summary>It was not started: its contestant did not become steady in the time that there was.</summary>
    public static ReportCell NotWarm(int round, Scenario scenario, Contestant contestant, WarmUpResult warm) =>
        Empty(round, scenario, contestant) with
        {
            WarmUpSeconds = warm.Seconds,
            Discarded = warm.Spread >= 1
                ? FormattableString.Invariant($"{NotWarmPrefix}{warm.Seconds:0.0} s are no three windows")
                : FormattableString.Invariant($"{NotWarmPrefix}after {warm.Seconds:0.0} s the last three windows of ")
                    + FormattableString.Invariant($"its rate still differed by {warm.Spread:P1}"),
        };

    /// <summary>How it waits, and whether the cores were kept awake meanwhile.</summary>
    public static string WaitModeOf(Scenario scenario) =>
        scenario.Wait == WaitMode.Spin ? "spin" : scenario.KeepAwake ? "block, kept awake" : "block";

    private static ReportCell Empty(int round, Scenario scenario, Contestant contestant) => new()
    {
        Scenario = scenario.Name,
        Contestant = contestant.Name,
        Round = round,
        WaitMode = WaitModeOf(scenario),
        LoadShare = scenario is { LoadShare: > 0, Traffic: Traffic.Echo } ? scenario.LoadShare : null,
    };
}
