namespace NetCore.Bench;

/// <summary>
/// A contestant divided by another one in the same scenario: the median over the rounds of the ratios inside a round,
/// and their range.
/// </summary>
internal sealed record ReportRatio
{
    public required string Scenario { get; init; }

    public required string Contestant { get; init; }

    public required string Baseline { get; init; }

    public double Throughput { get; init; }

    public double ThroughputMin { get; init; }

    public double ThroughputMax { get; init; }

    public double P50 { get; init; }

    public double P50Min { get; init; }

    public double P50Max { get; init; }

    public double P99 { get; init; }

    /// <summary>Server CPU time of an operation.</summary>
    public double Cpu { get; init; }

    public double CpuMin { get; init; }

    public double CpuMax { get; init; }
}
