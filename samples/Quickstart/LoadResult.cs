using NetCore.Core;

namespace NetCore.Quickstart;

/// <summary>What the small calls of one load cost.</summary>
internal sealed record LoadResult(
    int Callers, LatencyHistogram Latency, TimeSpan Elapsed, long ClientAllocated, long ServerAllocated)
{
    // Timers, counters and the questions to the server cost some kilobytes, whatever the number of calls.
    private const int LeastCallsForBytes = 10_000;

    private string Allocated => Latency.Count < LeastCallsForBytes
        ? "- (too few calls: fixed costs would dominate)"
        : $"client {PerCall(ClientAllocated)} B, server {PerCall(ServerAllocated)} B";

    public override string ToString() =>
        $"  {Latency.Count,7:N0} calls, {Callers,2} outstanding: {Latency.Count / Elapsed.TotalSeconds,9:N0}/s"
        + $"   p50 {Micros(50)}  p99 {Micros(99)}  p99.9 {Micros(99.9)}  max {Latency.Max / 1000.0:F0} us"
        + $"   allocated per call: {Allocated}";

    private string Micros(double percentile) => $"{Latency.ValueAt(percentile) / 1000.0:F1} us";

    private string PerCall(long bytes) => $"{bytes / (double)Latency.Count:F1}";
}
