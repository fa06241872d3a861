using System.Diagnostics;
using NetCore.Core;

namespace NetCore.Bench;

/// <summary>Load until the rate is steady: code compiled in its last tier, pools filled, buffers grown.</summary>
/// <remarks>
/// Warm-up moves results as much as a design does, and how long it takes differs between contestants. So it is not a
/// time alone: the rate is looked at in windows, and it is over when three in a row lie close together.
/// </remarks>
internal static class WarmUp
{
    // Tiers of the compiler move the rate by far more than this.
    private const double SteadySpread = 0.03;

    public static WarmUpResult Run(ILoadDriver driver, WarmUpPlan plan)
    {
        var scratch = new LatencyHistogram();
        var start = Stopwatch.GetTimestamp();
        var rates = new List<double>();
        while (!IsOver(rates, Stopwatch.GetElapsedTime(start), plan))
        {
            rates.Add(driver.Run(new Stretch(plan.Window, 0, scratch)).PerSecond);
        }

        var last = rates.TakeLast(WarmUpPlan.SteadyWindows).ToList();
        return new WarmUpResult(Stopwatch.GetElapsedTime(start).TotalSeconds, last.Average(), IsSteady(rates));
    }

    /// <summary>Whether the last three of these rates differ by less than 3 %.</summary>
    public static bool IsSteady(IReadOnlyCollection<double> rates)
    {
        var last = rates.TakeLast(WarmUpPlan.SteadyWindows).ToList();
        return last.Count == WarmUpPlan.SteadyWindows && last.Max() - last.Min() < SteadySpread * last.Max();
    }

    private static bool IsOver(List<double> rates, TimeSpan elapsed, WarmUpPlan plan) =>
        rates.Count > 0 && (elapsed >= plan.Most || (elapsed >= plan.Least && IsSteady(rates)));
}
