namespace NetCore.Bench;

/// <summary>Where and with what it was measured; without that a figure says nothing.</summary>
internal sealed record ReportMachine
{
    public string Cpu { get; init; } = "";

    public int Cores { get; init; }

    public string System { get; init; } = "";

    public string Runtime { get; init; } = "";

    /// <summary><c>release</c>, or <c>debug</c>, whose figures mean nothing.</summary>
    public string Build { get; init; } = "";

    public string Collector { get; init; } = "";

    /// <summary>Core of the servers; null when they were not pinned.</summary>
    public int? ServerCore { get; init; }

    public int? ClientCore { get; init; }

    /// <summary>How many cores each runtime believes to have.</summary>
    public int Processors { get; init; }

    /// <summary>
    /// <c>default</c>, or <c>off</c>: idle workers of the .NET thread pool do not spin before they sleep.
    /// </summary>
    public string PoolSpin { get; init; } = "";

    /// <summary><c>default</c>, or <c>off</c>: the runtime makes code of its last tiers without a delay.</summary>
    public string TierDelay { get; init; } = "";

    /// <summary>Where spinners kept the cores awake: <c>latency</c>, <c>all</c> or <c>none</c>.</summary>
    public string KeptAwake { get; init; } = "";

    public string KeptAwakeReason { get; init; } = "";

    public DateTimeOffset At { get; init; }

    public double MeasuredSeconds { get; init; }

    public int Rounds { get; init; }

    /// <summary>Why the run ended before all of its cells; null when it did not.</summary>
    public string? CutShort { get; init; }

    /// <summary>The command line of the run.</summary>
    public string Arguments { get; init; } = "";
}
