using System.Globalization;
using System.Text;

namespace NetCore.Bench.Html;

/// <summary>Latency by percentile; both axes logarithmic, so that the tail has as much room as the body.</summary>
/// <remarks>
/// The drawing is stretched to whatever width there is and holds lines only; all text lies over it as HTML, which keeps
/// its size on a phone.
/// </remarks>
internal sealed class CurveChart(ReportView view)
{
    // The drawing's own units in both directions.
    private const double Size = 1000;

    private static readonly (double Percentile, string Label)[] Marks =
        [(0, "0"), (50, "50"), (90, "90"), (99, "99"), (99.9, "99.9"), (99.99, "99.99"), (99.999, "99.999")];

    public Markup Draw(ScenarioView scenario)
    {
        var curves = scenario.Contestants
            .Select(static one => (one.Name, Points: Curve.Of(one.Cells)))
            .Where(static one => one.Points.Count > 1).ToList();
        if (curves.Count == 0)
        {
            return Markup.None;
        }

        var depth = curves.Max(static one => one.Points
            .Where(static point => point.Percentile < 100).Max(static point => Curve.Depth(point.Percentile)));

        // The maximum has no percentile of its own; it gets one more step.
        var right = depth + 1;
        double X(double percentile) => percentile >= 100 ? 1 : Curve.Depth(percentile) / right;
        var scale = new LogScale(curves.SelectMany(static one => one.Points)
            .SelectMany(static point => new[] { point.Us.Min, point.Us.Max }));
        var page = new HtmlBuilder();
        page.Add($"<figure class=\"chart tall\"><figcaption>Latency by percentile <small>lower is better; "
            + $"line: median of the rounds, band: their range; both axes logarithmic</small></figcaption>");
        page.Add($"<div class=\"plot curves\" data-depth=\"{right}\"><svg viewBox=\"0 0 1000 1000\" "
            + $"preserveAspectRatio=\"none\" role=\"img\" aria-label=\"Latency by percentile in {scenario.Name}\">");
        var marks = Marks.Where(mark => mark.Percentile == 0 || X(mark.Percentile) < 1 - (0.5 / right)).ToList();
        page.Add(new Markup(Grid(scale.Ticks().Select(scale.At), marks.Select(mark => X(mark.Percentile)))));
        foreach (var (name, points) in curves)
        {
            page.Add(Line(name, points, X, scale));
        }

        page.Add($"</svg>");
        foreach (var tick in scale.Ticks())
        {
            page.Add($"<span class=\"y\" style=\"top:{100 - (100 * scale.At(tick))}%\">{Units.TimeTick(tick)}</span>");
        }

        AddLabels(page, [.. marks.Select(mark => (X(mark.Percentile), mark.Label))]);
        return page.Add($"<output></output></div></figure>").ToMarkup();
    }

    // What has no room beside its neighbours on a phone is shown on wider screens only; so is 0, which hides 50.
    private static void AddLabels(HtmlBuilder page, IReadOnlyList<(double X, string Text)> labels)
    {
        const string last = "max";
        var (shown, shownText) = (double.NegativeInfinity, "");
        foreach (var (x, text) in labels)
        {
            var crowded = x == 0 || x - shown < Room(shownText, text) || 1 - x < Room(text, last);
            (shown, shownText) = crowded ? (shown, shownText) : (x, text);
            page.Add($"<span class=\"x{(crowded ? " wide" : "")}\" style=\"left:{100 * x}%\">{text}</span>");
        }

        page.Add($"<span class=\"x\" style=\"left:100%\">{last}</span>");

        // The plot is 250 pixels wide there, a digit 7, and 5 are left between two labels.
        static double Room(string one, string other) => (((one.Length + other.Length) * 7 / 2.0) + 5) / 250;
    }

    /// <summary>Lines across the drawing at shares of its height and width.</summary>
    public static string Grid(IEnumerable<double> rows, IEnumerable<double> columns) => "<path class=\"grid\" d=\""
        + string.Concat(rows.Select(static y => $"M0 {Number(Size * (1 - y))}H1000"))
        + string.Concat(columns.Select(static x => $"M{Number(Size * x)} 0V1000")) + "\"/>\n";

    /// <summary>A path through points given as shares of width and height.</summary>
    public static string Path(IEnumerable<(double X, double Y)> points)
    {
        var text = new StringBuilder();
        foreach (var (x, y) in points)
        {
            text.Append(text.Length == 0 ? 'M' : 'L');
            text.Append(Number(Size * x)).Append(' ').Append(Number(Size * (1 - y)));
        }

        return text.ToString();
    }

    private static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    private Markup Line(
        string name, IReadOnlyList<(double Percentile, Spread Us)> points, Func<double, double> x, LogScale scale)
    {
        var upper = points.Select(point => (x(point.Percentile), scale.At(point.Us.Max)));
        var lower = points.Select(point => (x(point.Percentile), scale.At(point.Us.Min))).Reverse();
        var middle = points.Select(point => (x(point.Percentile), scale.At(point.Us.Median)));
        var values = string.Join(' ', points.Select(static point =>
            string.Create(CultureInfo.InvariantCulture, $"{point.Percentile}:{point.Us.Median}")));
        var page = new HtmlBuilder();
        page.Add($"<g class=\"{view.Series(name)}\" data-c=\"{name}\">");
        page.Add($"<path class=\"band\" d=\"{Path(upper.Concat(lower))}Z\"/>");
        page.Add($"<path class=\"curve\" data-v=\"{values}\" d=\"{Path(middle)}\"><title>{name}</title></path></g>");
        return page.ToMarkup();
    }
}
