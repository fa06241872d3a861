namespace NetCore.Bench;

/// <summary>One scenario and contestant of two reports.</summary>
/// <param name="Scenario">Name.</param>
/// <param name="Contestant">Name.</param>
/// <param name="Throughput">Operations a second, second report over first; above 1 is better.</param>
/// <param name="P50">The same of the median time; below 1 is better.</param>
/// <param name="Cpu">The same of the server's CPU time for an operation.</param>
internal sealed record Comparison(string Scenario, string Contestant, Shift Throughput, Shift P50, Shift Cpu)
{
    // Less is more than noise and rounding, and nobody should lose it unnoticed.
    private const double LeastThroughput = 0.97;

    /// <summary>The whole interval of the throughput lies below what may be lost.</summary>
    public bool IsSlower => Throughput.Max < LeastThroughput;

    /// <summary>All cells that count in both, in the order of the second.</summary>
    public static IReadOnlyList<Comparison> Of(ReportFile first, ReportFile second)
    {
        var before = Group(first).ToDictionary(static group => group.Key, static group => group.ToList());
        return [.. Group(second).Where(group => before.ContainsKey(group.Key)).Select(group =>
        {
            Shift By(Func<ReportCell, double> figure) =>
                Shift.Of(before[group.Key].Select(figure), group.Select(figure));
            return new Comparison(
                group.Key.Scenario,
                group.Key.Contestant,
                By(static cell => cell.OpsPerSecond),
                By(static cell => cell.P50Us),
                By(static cell => cell.ServerCpuUsPerOp));
        })];
    }

    private static IEnumerable<IGrouping<(string Scenario, string Contestant), ReportCell>> Group(ReportFile report) =>
        report.Cells.Where(static cell => cell.Discarded is null)
            .GroupBy(static cell => (cell.Scenario, cell.Contestant));
}
