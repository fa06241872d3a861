using System.Text.RegularExpressions;

namespace NetCore.Bench.Html;

/// <summary>Latency over load: requests on offer to the right, p50 and p99 of each contestant upwards.</summary>
internal sealed partial class LoadChart(ReportView view)
{
    public Markup Draw()
    {
        var page = new HtmlBuilder();
        var open = view.Report.Cells.Where(static cell =>
            cell is { Discarded: null, LoadShare: > 0, OfferedPerSecond: > 0, P50Us: > 0 });
        foreach (var family in open.GroupBy(static cell => Family(cell.Scenario)))
        {
            var loads = family.GroupBy(static cell => (cell.Contestant, cell.LoadShare));
            var points = loads.Select(static group => new Point(
                group.Key.Contestant,
                Spread.Of(group.Select(static cell => cell.OfferedPerSecond!.Value)).Median,
                Spread.Of(group.Select(static cell => cell.P50Us)).Median,
                Spread.Of(group.Select(static cell => cell.P99Us)).Median)).ToList();
            if (points.GroupBy(static point => point.Contestant).Any(static own => own.Count() > 1))
            {
                page.Add(Draw(family.Key, points));
            }
        }

        return page.ToMarkup();
    }

    // What differs between the loads of one kind is the number at the end of the name: open-50, open-80.unix.
    private static string Family(string scenario) => Number().Replace(scenario, "");

    private Markup Draw(string family, IReadOnlyList<Point> points)
    {
        var rates = new LogScale(points.Select(static point => point.Rate));
        var times = new LogScale(points.SelectMany(static point => new[] { point.P50, point.P99 }));
        var page = new HtmlBuilder();
        page.Add($"<figure class=\"chart\"><figcaption>{family} <small>solid: p50, dashed: p99, counted from when a "
            + $"request was due; each contestant at shares of its own peak; both axes logarithmic</small>"
            + $"</figcaption>");
        page.Add($"<div class=\"plot load\"><svg viewBox=\"0 0 1000 1000\" preserveAspectRatio=\"none\" role=\"img\" "
            + $"aria-label=\"Latency over load in {family}\">");
        page.Add(new Markup(CurveChart.Grid(times.Ticks().Select(times.At), rates.Ticks().Select(rates.At))));
        foreach (var own in points.GroupBy(static point => point.Contestant))
        {
            var line = own.OrderBy(static point => point.Rate).ToList();
            page.Add($"<g class=\"{view.Series(own.Key)}\" data-c=\"{own.Key}\">");
            AddLine(page, "curve", line.Select(point => (rates.At(point.Rate), times.At(point.P50))).ToList());
            AddLine(page, "curve tail", line.Select(point => (rates.At(point.Rate), times.At(point.P99))).ToList());
            page.Add($"<title>{own.Key}</title></g>");
        }

        page.Add($"</svg>");
        foreach (var tick in times.Ticks())
        {
            page.Add($"<span class=\"y\" style=\"top:{100 - (100 * times.At(tick))}%\">{Units.TimeTick(tick)}</span>");
        }

        foreach (var tick in rates.Ticks())
        {
            page.Add($"<span class=\"x\" style=\"left:{100 * rates.At(tick)}%\">{Units.RateTick(tick)}</span>");
        }

        return page.Add($"</div></figure>").ToMarkup();
    }

    // Points are lines without length whose ends are round: circles would be stretched with the drawing.
    private static void AddLine(HtmlBuilder page, string name, IReadOnlyList<(double X, double Y)> points)
    {
        page.Add($"<path class=\"{name}\" d=\"{CurveChart.Path(points)}\"/>");
        var dots = string.Concat(points.Select(static point => CurveChart.Path([point]) + "h0"));
        page.Add($"<path class=\"dots\" d=\"{dots}\"/>");
    }

    private sealed record Point(string Contestant, double Rate, double P50, double P99);

    [GeneratedRegex(@"-\d+(?=$|\.)")]
    private static partial Regex Number();
}
