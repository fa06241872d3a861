namespace NetCore.Bench.Html;

/// <summary>A report, arranged for the page.</summary>
internal sealed class ReportView
{
    public ReportView(ReportFile report)
    {
        Report = report;
        Scenarios = [.. report.Cells.GroupBy(static cell => cell.Scenario)
            .Select(group => new ScenarioView(report, group.Key, [.. group]))];
        Contestants = [.. report.Cells.Select(static cell => cell.Contestant).Distinct()];
    }

    public ReportFile Report { get; }

    public IReadOnlyList<ScenarioView> Scenarios { get; }

    /// <summary>All names, in the order in which they first appear.</summary>
    public IReadOnlyList<string> Contestants { get; }

    /// <summary>The class that gives a contestant its colour everywhere on the page.</summary>
    public string Series(string contestant)
    {
        const int colours = 10;
        if (contestant.StartsWith("floor", StringComparison.Ordinal))
        {
            return contestant.Contains("framed", StringComparison.Ordinal) ? "floor framed" : "floor";
        }

        // Ours first, so that it has the same colour in every report.
        var ranked = Contestants.Where(static name => !name.StartsWith("floor", StringComparison.Ordinal))
            .OrderBy(static name => Floors.IsOurs(name) ? 0 : 1).ToList();
        var index = ranked.IndexOf(contestant);
        return index < colours ? $"c{index}" : $"c{index % colours} again";
    }
}
