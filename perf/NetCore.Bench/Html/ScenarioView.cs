namespace NetCore.Bench.Html;

/// <summary>A scenario with everybody whose figures in it count.</summary>
internal sealed class ScenarioView
{
    private readonly ReportFile _report;

    public ScenarioView(ReportFile report, string name, IReadOnlyList<ReportCell> cells)
    {
        _report = report;
        Name = name;
        Description = Scenarios.All.FirstOrDefault(one => one.Name == name)?.Description ?? "";
        var counted = cells.Where(static cell => cell.Discarded is null).ToList();
        Metric = MetricOf(name, counted);
        var present = counted.Select(static cell => cell.Contestant).Distinct().ToList();

        // In the order of the run, whatever was discarded.
        var order = cells.Select(static cell => cell.Contestant).Distinct().ToList();
        Contestants = [.. counted.GroupBy(static cell => cell.Contestant).OrderBy(own => order.IndexOf(own.Key))
            .Select(own => new ContestantView(
                own.Key, [.. own.OrderBy(static cell => cell.Round)], FloorOf(own.Key, present)))];
        WaitMode = counted.FirstOrDefault()?.WaitMode ?? "";
    }

    public string Name { get; }

    /// <summary>What it shows; empty for one that this version of the program does not have.</summary>
    public string Description { get; }

    public Metric Metric { get; }

    public string WaitMode { get; }

    public IReadOnlyList<ContestantView> Contestants { get; }

    /// <summary>Anchor of its part of the page.</summary>
    public string Id => "s-" + string.Concat(Name.Select(static c => char.IsAsciiLetterOrDigit(c) ? c : '-'));

    /// <summary>How many times better one contestant is than another; null when unknown.</summary>
    /// <remarks>Over rates the throughput, over times their inverse: above 1 is always better.</remarks>
    public Spread? Better(string own, string other)
    {
        var ratio = _report.Ratios.FirstOrDefault(one =>
            one.Scenario == Name && one.Contestant == own && one.Baseline == other);
        var better = ratio is null ? default : Metric is Metric.Latency
            ? new Spread(1 / ratio.P50, 1 / ratio.P50Max, 1 / ratio.P50Min, 2)
            : new Spread(ratio.Throughput, ratio.ThroughputMin, ratio.ThroughputMax, 2);
        return Metric != Metric.Memory && better.Median > 0 && double.IsFinite(better.Median + better.Min + better.Max)
            ? better : null;
    }

    // A call does more than an echo that looks at nothing: it is compared with the floor that reads headers.
    private static string? FloorOf(string contestant, IReadOnlyList<string> present)
    {
        var kind = Roster.All.FirstOrDefault(one => one.Name == contestant)?.Kind ?? ContestantKind.Echo;
        var floors = present.Where(static name => name.StartsWith("floor", StringComparison.Ordinal)).ToList();
        var framed = floors.Find(static name => name.Contains("framed", StringComparison.Ordinal));
        var plain = floors.Find(static name => !name.Contains("framed", StringComparison.Ordinal));
        return kind switch
        {
            ContestantKind.Topics => present.Contains(Floors.TwoHops) ? Floors.TwoHops : null,
            ContestantKind.Echo => plain ?? framed,
            _ => framed ?? plain,
        };
    }

    private static Metric MetricOf(string name, IReadOnlyList<ReportCell> cells) => cells switch
    {
        _ when cells.Any(static cell => cell.ServerBytesPerConnection is not null) => Metric.Memory,
        _ when name.StartsWith("pubsub-latency", StringComparison.Ordinal) => Metric.Latency,
        _ when name.StartsWith("pubsub", StringComparison.Ordinal) => Metric.Rate,
        _ when cells.All(static cell => cell.Curve.Count == 0 && cell.P50Us <= 0) => Metric.Bandwidth,
        _ when cells.Any(static cell => cell.LoadShare is not null) => Metric.Latency,
        _ when name.StartsWith("ping-pong", StringComparison.Ordinal)
            || name.StartsWith("long-tail", StringComparison.Ordinal)
            || name.StartsWith("beside", StringComparison.Ordinal) => Metric.Latency,
        _ => Metric.Rate,
    };
}
