using System.Diagnostics;
using NetCore.Core;

namespace NetCore.Bench;

/// <summary>What a client saw in the measured time.</summary>
/// <param name="Calls">Calls answered.</param>
/// <param name="Seconds">From the first request to the last answer.</param>
/// <param name="P50">Median time of a call in microseconds.</param>
/// <param name="P99">99 of 100 calls took no longer.</param>
/// <param name="P999">999 of 1,000 calls took no longer.</param>
/// <param name="Max">The longest.</param>
/// <param name="Usage">What the client process used for all of it.</param>
internal sealed record LoadResult(
    long Calls, double Seconds, double P50, double P99, double P999, double Max, ProcessUsage Usage)
{
    public static LoadResult Of(LatencyHistogram ticks, TimeSpan elapsed, ProcessUsage usage) => new(
        ticks.Count,
        elapsed.TotalSeconds,
        Microseconds(ticks.ValueAt(50)),
        Microseconds(ticks.ValueAt(99)),
        Microseconds(ticks.ValueAt(99.9)),
        Microseconds(ticks.Max),
        usage);

    private static double Microseconds(long ticks) => ticks * 1e6 / Stopwatch.Frequency;
}
