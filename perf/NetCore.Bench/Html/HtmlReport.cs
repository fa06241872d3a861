using System.Globalization;

namespace NetCore.Bench.Html;

/// <summary>A report as one HTML file that reaches nothing outside of itself.</summary>
internal static class HtmlReport
{
    // The browser refuses whatever the page would load, so that a mistake here cannot reach out either.
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'";

    // An operation that allocates allocates this much; what is less is the measuring itself.
    private const double SmallestObject = 24;

    public static string Of(ReportFile report)
    {
        var view = new ReportView(report);
        var day = report.Machine.At.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
        var page = new HtmlBuilder();
        page.Add($"<!DOCTYPE html>");
        page.Add($"<html lang=\"en\"><head><meta charset=\"utf-8\"><title>NetCore.Bench, {day}</title>");
        page.Add($"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        page.Add($"<meta name=\"color-scheme\" content=\"light dark\">");
        page.Add($"<meta http-equiv=\"Content-Security-Policy\" content=\"{Policy}\">");
        page.Add($"<style>{new Markup(Resource("report.css"))}</style></head><body>");
        page.Add($"<header><h1>NetCore.Bench</h1><p class=\"when\">{day}; {Summary(view)}</p>");
        page.Add(MachineBox.Of(report));
        page.Add($"</header>");
        page.Add(Navigation(view));
        page.Add($"<main><section id=\"overview\"><h2>At a glance</h2>");
        page.Add(new Forest(view).Draw());
        page.Add($"<figure class=\"chart\"><figcaption>All scenarios <small>throughput, or median latency where "
            + $"that is the point, and how many times better than the floor</small></figcaption>");
        page.Add(new Overview(view).Draw());
        page.Add($"</figure></section>");
        AddLoad(page, view);
        foreach (var scenario in view.Scenarios)
        {
            page.Add(ScenarioSection(view, scenario));
        }

        page.Add(Remarks.Of(report)).Add(Method.Of(report));
        page.Add($"</main><script>{new Markup(Resource("report.js"))}</script></body></html>");
        return page.ToString();
    }

    private static string Summary(ReportView view)
    {
        var discarded = view.Report.Cells.Count(static cell => cell.Discarded is not null);
        return $"{view.Scenarios.Count} scenarios, {view.Contestants.Count} contestants, "
            + $"{view.Report.Cells.Count} cells, {discarded} of them discarded";
    }

    private static void AddLoad(HtmlBuilder page, ReportView view)
    {
        var charts = new LoadChart(view).Draw();
        if (charts.Text.Length > 0)
        {
            page.Add($"<section id=\"load\"><h2>Latency over load</h2><div class=\"charts\">{charts}</div></section>");
        }
    }

    private static Markup Navigation(ReportView view)
    {
        var page = new HtmlBuilder();
        page.Add($"<nav><div class=\"legend\" role=\"group\" aria-label=\"Contestants; press to hide one\">");
        foreach (var name in view.Contestants)
        {
            var ours = Floors.IsOurs(name) ? " ours" : "";
            page.Add($"<button type=\"button\" class=\"{view.Series(name)}{ours}\" "
                + $"aria-pressed=\"true\" data-toggle=\"{name}\"><i></i>{name}</button>");
        }

        return page.Add($"</div></nav>").ToMarkup();
    }

    private static Markup ScenarioSection(ReportView view, ScenarioView scenario)
    {
        var bars = new BarChart(view);
        var page = new HtmlBuilder();
        page.Add($"<section class=\"scenario\" id=\"{scenario.Id}\"><h2>{scenario.Name} "
            + $"<small>{scenario.WaitMode}</small></h2>");
        if (scenario.Description.Length > 0)
        {
            page.Add($"<p>{scenario.Description}</p>");
        }

        if (scenario.Contestants.Count == 0)
        {
            return page.Add($"<p>No cell of this scenario counts.</p></section>").ToMarkup();
        }

        page.Add($"<div class=\"charts\">");
        page.Add(new CurveChart(view).Draw(scenario));
        page.Add(bars.OfMetric(scenario));
        page.Add(bars.OfTwo(scenario, "CPU time of an operation", Units.Time,
            static cell => cell.ServerCpuUsPerOp, static cell => cell.ClientCpuUsPerOp));
        page.Add(bars.OfTwo(scenario, "Bytes allocated by an operation", Units.Bytes,
            static cell => cell.ServerAllocatedBytesPerOp, static cell => cell.ClientAllocatedBytesPerOp,
            SmallestObject));
        page.Add($"</div>");
        return page.Add(FigureTable.Of(scenario)).Add(new Markup("</section>")).ToMarkup();
    }

    private static string Resource(string name)
    {
        using var stream = typeof(HtmlReport).Assembly.GetManifestResourceStream(name)
            ?? throw new BenchException($"The program lacks its {name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
