namespace NetCore.Bench;

/// <summary>Figures of one scenario with one contestant in one round. A figure that does not apply is 0.</summary>
internal sealed record ReportCell
{
    public required string Scenario { get; init; }

    public required string Contestant { get; init; }

    public required int Round { get; init; }

    public double OpsPerSecond { get; init; }

    public double P50Us { get; init; }

    public double P90Us { get; init; }

    public double P99Us { get; init; }

    public double P999Us { get; init; }

    public double MaxUs { get; init; }

    /// <summary>Payload in one direction.</summary>
    public double GbPerSecond { get; init; }

    public double ClientCpuUsPerOp { get; init; }

    public double ServerCpuUsPerOp { get; init; }

    public double ClientAllocatedBytesPerOp { get; init; }

    public double ServerAllocatedBytesPerOp { get; init; }

    /// <summary>Of both processes, voluntary or not.</summary>
    public double ContextSwitchesPerOp { get; init; }

    /// <summary>Collections of generations 0, 1 and 2, both processes together.</summary>
    public IReadOnlyList<int> GcCounts { get; init; } = [0, 0, 0];

    /// <summary>
    /// <c>block</c>, <c>block, kept awake</c> (idle-priority spinners keep the cores from halting) or <c>spin</c>.
    /// </summary>
    public string WaitMode { get; init; } = "";

    /// <summary>System calls of the server by its own count, where its engine has one.</summary>
    public double? SyscallsPerOp { get; init; }

    /// <summary>The same of the client.</summary>
    public double? ClientSyscallsPerOp { get; init; }

    /// <summary>Requests to a ring, by the server's own count; null where there is no ring.</summary>
    public double? RequestsPerOp { get; init; }

    /// <summary>The same of the client.</summary>
    public double? ClientRequestsPerOp { get; init; }

    /// <summary>Why the figures do not count; null when they do.</summary>
    public string? Discarded { get; init; }

    /// <summary>The percentile curve, ascending in both; empty where nothing was timed.</summary>
    public IReadOnlyList<CurvePoint> Curve { get; init; } = [];

    /// <summary>Open loop: requests that were due in a second; null in a closed loop.</summary>
    public double? OfferedPerSecond { get; init; }

    /// <summary>Open loop: share of the peak; null in a closed loop.</summary>
    public double? LoadShare { get; init; }

    /// <summary>Resident memory of the server for each idle connection; null elsewhere.</summary>
    public double? ServerBytesPerConnection { get; init; }

    /// <summary>Managed memory of the server for each idle connection, after a collection; null elsewhere.</summary>
    public double? ServerManagedBytesPerConnection { get; init; }

    /// <summary>The same of the client, which for an echo is the floor's.</summary>
    public double? ClientManagedBytesPerConnection { get; init; }

    /// <summary>Resident memory of a broker at the end; null elsewhere.</summary>
    public double? ServerResidentBytes { get; init; }

    /// <summary>What a broker holds for its clients at the end, by its own count; null where it has none.</summary>
    public double? ServerHeldBytes { get; init; }

    /// <summary>What it may hold then at most; a cell with more is discarded.</summary>
    public double? ServerMostHeldBytes { get; init; }

    /// <summary>CPU time of the process over wall time: 1 is a core.</summary>
    public double ClientBusy { get; init; }

    public double ServerBusy { get; init; }

    public double WarmUpSeconds { get; init; }

    /// <summary>The rate had settled before the cell was measured.</summary>
    public bool Steady { get; init; }

    /// <summary>What to know about the cell though it counts: <c>client-bound</c>, <c>not steady</c>.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];
}
