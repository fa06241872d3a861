namespace NetCore.Bench.Html;

/// <summary>Scenarios down, contestants across; in each field the figure that the scenario is about.</summary>
internal sealed class Overview(ReportView view)
{
    public Markup Draw()
    {
        var page = new HtmlBuilder();
        page.Add($"<div class=\"scroll\" tabindex=\"0\"><table class=\"matrix\"><thead><tr>"
            + $"<th scope=\"col\">scenario</th>");
        foreach (var name in view.Contestants)
        {
            page.Add($"<th scope=\"col\" data-c=\"{name}\">{name}</th>");
        }

        page.Add($"</tr></thead><tbody>");
        foreach (var scenario in view.Scenarios)
        {
            page.Add($"<tr><th scope=\"row\"><a href=\"#{scenario.Id}\">{scenario.Name}</a></th>");
            foreach (var name in view.Contestants)
            {
                page.Add($"<td data-c=\"{name}\">");
                page.Add(Field(scenario, scenario.Contestants.FirstOrDefault(one => one.Name == name)));
                page.Add($"</td>");
            }

            page.Add($"</tr>");
        }

        return page.Add($"</tbody></table></div>").ToMarkup();
    }

    private static Markup Field(ScenarioView scenario, ContestantView? one)
    {
        if (one is null)
        {
            return new Markup("<span class=\"none\">·</span>");
        }

        var value = one.Of(scenario.Metric).Median;
        var text = scenario.Metric switch
        {
            Metric.Rate => Units.Rate(value),
            Metric.Latency => Units.Time(value),
            Metric.Bandwidth => Units.Bandwidth(value),
            _ => Units.Bytes(value),
        };
        var better = one.Floor is { } floor && floor != one.Name ? scenario.Better(one.Name, floor) : null;
        return new HtmlBuilder()
            .Add($"{text}<small>{(better is { } ratio ? Units.Factor(ratio.Median) : "")}</small>").ToMarkup();
    }
}
