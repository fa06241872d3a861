using NetCore.Core;

namespace NetCore.Bench;

/// <summary>Load until the rate is steady: code compiled in its last tier, pools filled, buffers grown.</summary>
/// <remarks>
/// Warm-up moves results as much as a design does, and how long it takes differs between contestants. So it is not a
/// time alone: the rate is looked at in windows, and it is over when three in a row lie close together.
/// </remarks>
internal static class WarmUp
{
    public static WarmUpResult Run(ILoadDriver driver, WarmUpPlan plan, TimeProvider? time = null)
    {
        time ??= TimeProvider.System;
        var scratch = new LatencyHistogram();
        var slot = plan.Window / RateWindows.SlotsPerWindow;
        var start = time.GetTimestamp();
        var windows = new RateWindows();
        TimeSpan elapsed;
        do
        {
            windows.Add(driver.Run(new Stretch(slot, 0, scratch)));
            elapsed = time.GetElapsedTime(start);
        }
        while (!IsOver(elapsed, plan, windows));

        return new WarmUpResult(elapsed.TotalSeconds, windows.Rate, windows.Spread, windows.IsSteady);
    }

    // A slot takes a little longer than it was asked to, so three windows may not be full when the time is over.
    private static bool IsOver(TimeSpan elapsed, WarmUpPlan plan, RateWindows windows) => elapsed >= plan.Most
        ? windows.IsFull || elapsed >= plan.Most * 2
        : elapsed >= plan.Least && windows.IsSteady;
}
