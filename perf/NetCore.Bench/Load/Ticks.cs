using System.Diagnostics;

namespace NetCore.Bench;

/// <summary>Timestamps of the Stopwatch and nanoseconds, which on Linux are the same.</summary>
internal static class Ticks
{
    private const long Billion = 1_000_000_000;

    public static long ToNanoseconds(long ticks) =>
        Stopwatch.Frequency == Billion ? ticks : (long)((double)ticks * Billion / Stopwatch.Frequency);

    public static long Of(TimeSpan time) => (long)(time.TotalSeconds * Stopwatch.Frequency);
}
