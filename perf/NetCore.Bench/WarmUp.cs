using System.Diagnostics;

namespace NetCore.Bench;

/// <summary>Calls until the rate is steady: code compiled in its last tier, pools filled, buffers grown.</summary>
/// <remarks>
/// Warm-up moves results as much as a design does, and how long it takes differs between contestants. So it is not a
/// time alone: the rate is looked at in windows, and it is over when three in a row lie close together.
/// </remarks>
internal static class WarmUp
{
    private const int Windows = 4;
    private const int SteadyWindows = 3;

    // A judgement: tiers of the compiler move the rate by far more, and less than this is the scatter of a virtual
    // machine.
    private const double SteadySpread = 0.10;

    // After three times the time asked for, waiting longer has not helped any more; the result is marked instead.
    private const int MostTimes = 3;

    public static WarmUpResult Run(IEchoClient client, int outstanding, TimeSpan least)
    {
        var run = new LoadRun(outstanding);
        var start = Stopwatch.GetTimestamp();
        var callers = client.RunAsync(run);
        var rates = new List<double>();
        while (!callers.IsCompleted && !IsOver(rates, Stopwatch.GetElapsedTime(start), least))
        {
            rates.Add(RateOf(run, callers, least / Windows));
        }

        run.Stop();
        callers.GetAwaiter().GetResult();
        return new WarmUpResult(Stopwatch.GetElapsedTime(start).TotalSeconds, rates[^1], IsSteady(rates));
    }

    private static double RateOf(LoadRun run, Task callers, TimeSpan window)
    {
        var calls = run.Calls;
        var start = Stopwatch.GetTimestamp();
        ((IAsyncResult)callers).AsyncWaitHandle.WaitOne(window);
        return (run.Calls - calls) / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static bool IsOver(List<double> rates, TimeSpan elapsed, TimeSpan least) =>
        elapsed >= least * MostTimes || (rates.Count >= Windows && IsSteady(rates));

    private static bool IsSteady(List<double> rates)
    {
        var last = rates.TakeLast(SteadyWindows).ToList();
        return last.Count == SteadyWindows && last.Max() - last.Min() <= SteadySpread * last.Average();
    }
}
