namespace NetCore.Bench.Html;

/// <summary>Ours beside each other contestant: how many times better, with the interval.</summary>
internal sealed class Forest(ReportView view)
{
    public Markup Draw()
    {
        var rows = view.Scenarios.SelectMany(Rows).ToList();
        if (rows.Count == 0)
        {
            return Markup.None;
        }

        var page = new HtmlBuilder();
        page.Add($"<figure class=\"chart\"><figcaption>NetCore beside the others <small>how many times better in the "
            + $"same round, median and range, on a logarithmic axis; throughput, or median latency where "
            + $"that is the point; right of the line is better, a range across it is no difference</small>"
            + $"</figcaption>");
        page.Add($"<div class=\"groups\">");
        foreach (var group in rows.GroupBy(static row => (row.Scenario.Name, row.Own)))
        {
            var scenario = group.First().Scenario;
            var ends = group.SelectMany(static row => new[] { row.Better.Min, row.Better.Max });
            var scale = new LogScale(ends.Append(1));
            page.Add($"<div class=\"group\"><h3><a href=\"#{scenario.Id}\">{group.Key.Name}</a> "
                + $"<small>{group.Key.Own}, {(scenario.Metric == Metric.Latency ? "median latency" : "throughput")}"
                + $"</small></h3><div class=\"bars forest\">");
            foreach (var row in group)
            {
                Add(page, row, scale);
            }

            AddAxis(page, scale);
            page.Add($"</div></div>");
        }

        return page.Add($"</div></figure>").ToMarkup();
    }

    private static void AddAxis(HtmlBuilder page, LogScale scale)
    {
        page.Add($"<div class=\"bar axis\"><span></span><span class=\"track\">");
        foreach (var tick in scale.Ticks())
        {
            page.Add($"<small style=\"left:{100 * scale.At(tick)}%\">{Units.Tick(tick)}×</small>");
        }

        page.Add($"</span><span></span></div>");
    }

    private void Add(
        HtmlBuilder page, (ScenarioView Scenario, string Own, string Other, Spread Better) row, LogScale scale)
    {
        var better = row.Better;

        // Nobody is ahead of the floor but by chance: below it is no failure. One round alone has no range.
        var isFloor = row.Other.StartsWith("floor", StringComparison.Ordinal);
        var isOneRound = better.Min == better.Max;
        var verdict = isFloor || isOneRound ? "even" : better.Min > 1 ? "good" : better.Max < 1 ? "bad" : "even";
        page.Add($"<div class=\"bar {view.Series(row.Other)}\" data-c=\"{row.Other}\">"
            + $"<span class=\"name\">{row.Other}</span><span class=\"track {verdict}\">"
            + $"<i class=\"one\" style=\"left:{100 * scale.At(1)}%\"></i>"
            + $"<i class=\"range\" style=\"left:{100 * scale.At(better.Min)}%;"
            + $"width:{100 * (scale.At(better.Max) - scale.At(better.Min))}%\"></i>"
            + $"<i class=\"dot\" style=\"left:{100 * scale.At(better.Median)}%\"></i></span>");
        page.Add($"<span class=\"value {verdict}\">{Units.Factor(better.Median)} "
            + $"<small>{(isOneRound ? "one round" : $"{Units.Digits(better.Min)} to {Units.Digits(better.Max)}")}"
            + $"</small></span></div>");
    }

    private static IEnumerable<(ScenarioView Scenario, string Own, string Other, Spread Better)> Rows(
        ScenarioView scenario) =>
        from own in scenario.Contestants.Where(static one => one.IsOurs)
        from other in scenario.Contestants.Where(static one => !one.IsOurs)
        let better = scenario.Better(own.Name, other.Name)
        where better is not null && (!other.IsFloor || other.Name == own.Floor)
        select (scenario, own.Name, other.Name, better.Value);
}
