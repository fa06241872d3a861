namespace NetCore.Bench.Html;

/// <summary>Every figure of a scenario, medians of the rounds.</summary>
internal static class FigureTable
{
    private static readonly (string Head, Func<ContestantView, string> Cell)[] Columns =
    [
        ("ops/s", static one => Units.Rate(one.Of(static c => c.OpsPerSecond).Median)),
        ("p50", static one => Units.Time(one.Of(static c => c.P50Us).Median)),
        ("p90", static one => Units.Time(one.Of(static c => c.P90Us).Median)),
        ("p99", static one => Units.Time(one.Of(static c => c.P99Us).Median)),
        ("p99.9", static one => Units.Time(one.Of(static c => c.P999Us).Median)),
        ("max", static one => Units.Time(one.Of(static c => c.MaxUs).Median)),
        ("GB/s", static one => Units.Digits(one.Of(static c => c.GbPerSecond).Median)),
        ("CPU µs server", static one => Units.Digits(one.Of(static c => c.ServerCpuUsPerOp).Median)),
        ("CPU µs client", static one => Units.Digits(one.Of(static c => c.ClientCpuUsPerOp).Median)),
        ("B/op server", static one => Units.Digits(one.Of(static c => c.ServerAllocatedBytesPerOp).Median)),
        ("B/op client", static one => Units.Digits(one.Of(static c => c.ClientAllocatedBytesPerOp).Median)),
        ("switches/op", static one => Units.Digits(one.Of(static c => c.ContextSwitchesPerOp).Median)),
        ("syscalls/op server", static one => Counted(one, static c => c.SyscallsPerOp)),
        ("syscalls/op client", static one => Counted(one, static c => c.ClientSyscallsPerOp)),
        ("requests/op server", static one => Counted(one, static c => c.RequestsPerOp)),
        ("requests/op client", static one => Counted(one, static c => c.ClientRequestsPerOp)),
        ("GC 0/1/2", static one => string.Join('/', Enumerable.Range(0, 3).Select(generation =>
            Units.Digits(one.Of(c => generation < c.GcCounts.Count ? c.GcCounts[generation] : 0).Median)))),
        ("busy server", static one => $"{100 * one.Of(static c => c.ServerBusy).Median:0} %"),
        ("busy client", static one => $"{100 * one.Of(static c => c.ClientBusy).Median:0} %"),
        ("warm-up", static one => $"{one.Of(static c => c.WarmUpSeconds).Median:0.0} s"),
        ("rounds", static one => $"{one.Cells.Count}"),
    ];

    private static readonly (string Head, Func<ContestantView, string> Cell)[] MemoryColumns =
    [
        ("resident, server", static one => Units.Bytes(one.Of(static c => c.ServerBytesPerConnection ?? 0).Median)),
        ("managed, server", static one => Managed(one, static c => c.ServerManagedBytesPerConnection)),
        ("managed, client", static one => Managed(one, static c => c.ClientManagedBytesPerConnection)),
        ("connects/s", static one => Units.Rate(one.Of(static c => c.OpsPerSecond).Median)),
        ("rounds", static one => $"{one.Cells.Count}"),
    ];

    public static Markup Of(ScenarioView scenario)
    {
        var columns = scenario.Metric == Metric.Memory ? MemoryColumns : Columns;
        var page = new HtmlBuilder();
        page.Add($"<details><summary>All figures, medians of the rounds</summary><div class=\"scroll\" tabindex=\"0\">"
            + $"<table><thead><tr><th scope=\"col\">contestant</th>");
        foreach (var (head, _) in columns)
        {
            page.Add($"<th scope=\"col\">{head}</th>");
        }

        page.Add($"</tr></thead><tbody>");
        foreach (var one in scenario.Contestants)
        {
            page.Add($"<tr data-c=\"{one.Name}\"><th scope=\"row\">{one.Name}</th>");
            foreach (var (_, cell) in columns)
            {
                page.Add($"<td>{cell(one)}</td>");
            }

            page.Add($"</tr>");
        }

        return page.Add($"</tbody></table></div></details>").ToMarkup();
    }

    private static string Counted(ContestantView one, Func<ReportCell, double?> figure) =>
        one.Cells.Any(cell => figure(cell) is not null)
            ? Units.Digits(one.Of(cell => figure(cell) ?? 0).Median) : "-";

    // Reports of older versions do not have it.
    private static string Managed(ContestantView one, Func<ReportCell, double?> figure) =>
        one.Cells.Any(cell => figure(cell) is not null)
            ? Units.Bytes(one.Of(cell => figure(cell) ?? 0).Median) : "-";
}
