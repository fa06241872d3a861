namespace NetCore.Bench.Html;

/// <summary>What a contestant did in a scenario: the cells that count, in the order of the rounds.</summary>
/// <param name="Name">Of the contestant.</param>
/// <param name="Cells">Without the discarded ones; not empty.</param>
/// <param name="Floor">What it is compared with first; null when there is none in the scenario.</param>
internal sealed record ContestantView(string Name, IReadOnlyList<ReportCell> Cells, string? Floor)
{
    public bool IsFloor => Name.StartsWith("floor", StringComparison.Ordinal);

    public bool IsOurs => Floors.IsOurs(Name);

    public Spread Of(Func<ReportCell, double> figure) => Spread.Of(Cells.Select(figure));

    public Spread Of(Metric metric) => metric switch
    {
        Metric.Rate => Of(static cell => cell.OpsPerSecond),
        Metric.Latency => Of(static cell => cell.P50Us),
        Metric.Bandwidth => Of(static cell => cell.GbPerSecond),
        _ => Of(static cell => cell.ServerBytesPerConnection ?? 0),
    };
}
