using System.Globalization;
using System.Text;

namespace NetCore.Bench.Doctor;

/// <summary>The report as text, wrapped for a terminal.</summary>
internal static class DoctorText
{
    private const int NameWidth = 32;

    public static string Of(DoctorReport report)
    {
        var text = new StringBuilder();
        foreach (var section in report.Sections)
        {
            Title(text, section.Name);
            foreach (var fact in section.Facts)
            {
                Line(text, fact.Name, fact.ToString());
            }
        }

        Title(text, "engines");
        foreach (var engine in report.Engines)
        {
            Line(text, engine.Name, $"{(engine.Usable ? "usable" : "NOT USABLE")}: {engine.Reason}");
            var usable = engine.Features.Where(static one => one.Usable).Select(static one => one.Name).ToList();
            if (usable.Count > 0)
            {
                Line(text, "", $"has {string.Join(", ", usable)}");
            }

            foreach (var feature in engine.Features.Where(static one => !one.Usable))
            {
                Line(text, "", $"has no {feature.Name}: {feature.Reason}");
            }
        }

        Title(text, "measured (median, p99)");
        foreach (var measurement in report.Measurements)
        {
            Line(text, measurement.Name, Value(measurement), width: 52);
        }

        Title(text, "recommendation");
        var choice = report.Choice;
        Line(text, "engine", choice.Engine);
        Line(text, "wait", choice.Wait);
        Line(text, "cores", $"--pin server={choice.ServerCore},client={choice.ClientCore}");
        foreach (var sentence in choice.Reasons.Concat(choice.Hints))
        {
            text.AppendWrapped("  - ", sentence);
        }

        return text.ToString();
    }

    private static void Title(StringBuilder text, string title) => text.AppendLine().AppendLine(title);

    private static void Line(StringBuilder text, string name, string value, int width = NameWidth) =>
        text.AppendWrapped("  " + name.PadRight(width) + " ", value);

    private static string Value(Measurement measurement) => measurement.MedianNs is { } median
        ? $"{Time(median),10} {Time(measurement.P99Ns ?? median),10}"
        : $"unknown ({measurement.Reason})";

    private static string Time(double nanoseconds) => nanoseconds < 1000
        ? string.Create(CultureInfo.InvariantCulture, $"{nanoseconds:0} ns")
        : string.Create(CultureInfo.InvariantCulture, $"{nanoseconds / 1000:0.0} us");
}
