namespace NetCore.Bench.Html;

/// <summary>The percentile curves of some rounds as one: at each percentile the median, and the range.</summary>
internal static class Curve
{
    /// <summary>Points of all rounds; a percentile that a round lacks, being shorter, is left out.</summary>
    public static IReadOnlyList<(double Percentile, Spread Us)> Of(IReadOnlyList<ReportCell> cells)
    {
        var drawn = cells.Where(static cell => cell.Curve.Count > 0).ToList();
        return [.. drawn.SelectMany(static cell => cell.Curve)
            .Where(static point => point.Us > 0)
            .GroupBy(static point => point.Percentile)
            .Where(group => group.Count() == drawn.Count)
            .OrderBy(static group => group.Key)
            .Select(static group => (group.Key, Spread.Of(group.Select(static point => point.Us))))];
    }

    /// <summary>Where a percentile lies on an axis in which each step halves the share of slower operations.</summary>
    /// <param name="percentile">0 up to but not including 100.</param>
    public static double Depth(double percentile) => -Math.Log2(1 - (percentile / 100));
}
