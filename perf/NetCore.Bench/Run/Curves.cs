using NetCore.Core;

namespace NetCore.Bench;

/// <summary>From a histogram to the points of a chart with a logarithmic axis of slower shares.</summary>
internal static class Curves
{
    // On such an axis equal steps: each halves the slower share, in two.
    private const int StepsPerHalving = 2;

    /// <summary>Microseconds at a percentile, to a hundredth: finer than the histogram is.</summary>
    public static double At(LatencyHistogram nanoseconds, double percentile) =>
        Math.Round(nanoseconds.ValueAt(percentile) / 1000.0, 2);

    /// <summary>From the fastest operations to the maximum; empty when there are none.</summary>
    public static IReadOnlyList<CurvePoint> Of(LatencyHistogram nanoseconds)
    {
        var points = new List<CurvePoint>();
        for (var step = 0; ; step++)
        {
            var slower = Math.Pow(0.5, (double)step / StepsPerHalving);
            if (slower * nanoseconds.Count < 1)
            {
                break;
            }

            var percentile = 100 * (1 - slower);
            points.Add(new CurvePoint(Math.Round(percentile, 6), At(nanoseconds, percentile)));
        }

        if (nanoseconds.Count > 0)
        {
            points.Add(new CurvePoint(100, At(nanoseconds, 100)));
        }

        return points;
    }
}
