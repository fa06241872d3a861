namespace NetCore.Bench;

/// <summary>Divides contestants by each other inside each round.</summary>
/// <remarks>
/// Absolute figures of one machine differ from hour to hour by more than most changes do; what two contestants did in
/// the same minute belongs together.
/// </remarks>
internal static class Ratios
{
    /// <summary>Every contestant over every other one of a scenario, where both count in a round at least.</summary>
    public static IReadOnlyList<ReportRatio> Of(IReadOnlyList<ReportCell> cells)
    {
        var ratios = new List<ReportRatio>();
        var counted = cells.Where(static cell => cell.Discarded is null);
        foreach (var scenario in counted.GroupBy(static cell => cell.Scenario))
        {
            var contestants = scenario.GroupBy(static cell => cell.Contestant)
                .ToDictionary(static own => own.Key, static own => own.ToDictionary(static cell => cell.Round));
            foreach (var (name, own) in contestants)
            {
                foreach (var (baseline, others) in contestants.Where(other => other.Key != name))
                {
                    var pairs = own.Keys.Intersect(others.Keys).Order()
                        .Select(round => (own[round], others[round])).ToList();
                    if (pairs.Count > 0)
                    {
                        ratios.Add(Of(scenario.Key, name, baseline, pairs));
                    }
                }
            }
        }

        return ratios;
    }

    private static ReportRatio Of(
        string scenario, string contestant, string baseline, IReadOnlyList<(ReportCell Own, ReportCell Other)> pairs)
    {
        Spread Over(Func<ReportCell, double> figure) => Spread.Of(pairs
            .Select(pair => figure(pair.Own) / figure(pair.Other)).Where(double.IsFinite));
        var throughput = Over(static cell => cell.OpsPerSecond);
        var p50 = Over(static cell => cell.P50Us);
        var cpu = Over(static cell => cell.ServerCpuUsPerOp);
        return new ReportRatio
        {
            Scenario = scenario,
            Contestant = contestant,
            Baseline = baseline,
            Throughput = throughput.Median,
            ThroughputMin = throughput.Min,
            ThroughputMax = throughput.Max,
            P50 = p50.Median,
            P50Min = p50.Min,
            P50Max = p50.Max,
            P99 = Over(static cell => cell.P99Us).Median,
            Cpu = cpu.Median,
            CpuMin = cpu.Min,
            CpuMax = cpu.Max,
        };
    }
}
