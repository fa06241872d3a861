namespace NetCore.Bench.Html;

/// <summary>A bar for each contestant, of one part or of two, on a linear axis from zero.</summary>
internal sealed class BarChart(ReportView view)
{
    /// <summary>Bars of the scenario's own figure with their range, and a mark at the floor.</summary>
    public Markup OfMetric(ScenarioView scenario)
    {
        var (title, hint, words) = Words(scenario.Metric);
        var bars = scenario.Contestants.Select(one => (one, Value: one.Of(scenario.Metric))).ToList();
        var top = bars.Select(static bar => bar.Value.Max).DefaultIfEmpty(0).Max();
        var page = new HtmlBuilder();
        page.Add($"<figure class=\"chart\"><figcaption>{title} <small>{hint}; the line across is the range of the "
            + $"rounds, the dashed one the floor</small></figcaption><div class=\"bars\">");
        foreach (var (one, value) in bars)
        {
            var floor = bars.Find(bar => bar.one.Name == one.Floor).Value;
            page.Add($"<div class=\"bar {view.Series(one.Name)}\" data-c=\"{one.Name}\">");
            page.Add(Name(one));
            page.Add($"<span class=\"track\"><i class=\"fill\" style=\"width:{Share(value.Median, top)}%\"></i>"
                + $"<i class=\"range\" style=\"left:{Share(value.Min, top)}%;"
                + $"width:{Share(value.Max - value.Min, top)}%\"></i>");
            if (floor.Count > 0)
            {
                page.Add($"<i class=\"mark\" style=\"left:{Share(floor.Median, top)}%\"></i>");
            }

            page.Add($"</span><span class=\"value\">{words(value.Median)} "
                + $"<small>{Beside(scenario, one)}</small></span></div>");
        }

        return page.Add($"</div></figure>").ToMarkup();
    }

    /// <summary>Bars of what the server and the client used, one behind the other.</summary>
    /// <param name="scenario">Whose.</param>
    /// <param name="title">What they are of.</param>
    /// <param name="words">A figure with its unit.</param>
    /// <param name="server">The solid part.</param>
    /// <param name="client">The pale part.</param>
    /// <param name="least">What the axis reaches at least: below it a difference means nothing.</param>
    public Markup OfTwo(
        ScenarioView scenario,
        string title,
        Func<double, string> words,
        Func<ReportCell, double> server,
        Func<ReportCell, double> client,
        double least = 0)
    {
        var bars = scenario.Contestants
            .Select(one => (one, Server: one.Of(server).Median, Client: one.Of(client).Median)).ToList();
        var top = bars.Select(static bar => bar.Server + bar.Client).Append(least).Max();
        if (scenario.Metric == Metric.Memory)
        {
            // Connections that are only held make no operations.
            return Markup.None;
        }

        var page = new HtmlBuilder();
        page.Add($"<figure class=\"chart\"><figcaption>{title} <small>lower is better; solid: server, pale: client"
            + $"</small></figcaption><div class=\"bars\">");
        foreach (var (one, ofServer, ofClient) in bars)
        {
            page.Add($"<div class=\"bar {view.Series(one.Name)}\" data-c=\"{one.Name}\">");
            page.Add(Name(one));
            page.Add($"<span class=\"track\"><i class=\"fill\" style=\"width:{Share(ofServer, top)}%\"></i>"
                + $"<i class=\"fill pale\" style=\"width:{Share(ofClient, top)}%\"></i></span>"
                + $"<span class=\"value\">{words(ofServer)} <small>+ {words(ofClient)}</small></span></div>");
        }

        return page.Add($"</div></figure>").ToMarkup();
    }

    private static Markup Name(ContestantView one) => new HtmlBuilder()
        .Add($"<span class=\"name{(one.IsOurs ? " ours" : "")}\">{one.Name}</span>").ToMarkup();

    private static string Beside(ScenarioView scenario, ContestantView one) =>
        one.Floor is null || one.Floor == one.Name ? ""
        : scenario.Better(one.Name, one.Floor) is { } better
            ? $"{Units.Factor(better.Median)} {one.Floor}" : "";

    private static double Share(double value, double top) => top > 0 ? Math.Clamp(100 * value / top, 0, 100) : 0;

    private static (string Title, string Hint, Func<double, string> Words) Words(Metric metric) => metric switch
    {
        Metric.Rate => ("Throughput", "higher is better", Units.Rate),
        Metric.Latency => ("Median latency", "lower is better", Units.Time),
        Metric.Bandwidth => ("Bandwidth", "payload in one direction; higher is better", Units.Bandwidth),
        _ => ("Memory of the server for a connection", "lower is better", Units.Bytes),
    };
}
