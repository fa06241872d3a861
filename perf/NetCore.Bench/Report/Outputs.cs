using NetCore.Bench.Html;

namespace NetCore.Bench;

/// <summary>The files of a run.</summary>
internal static class Outputs
{
    public static void Write(ReportFile report, string? jsonFile, string? htmlFile)
    {
        if (jsonFile is not null)
        {
            File.WriteAllText(jsonFile, ReportJson.Write(report));
            Console.WriteLine();
            Console.WriteLine($"All cells: {jsonFile}");
        }

        if (htmlFile is not null)
        {
            File.WriteAllText(htmlFile, HtmlReport.Of(report));
            Console.WriteLine();
            Console.WriteLine($"To look at: {htmlFile}");
        }
    }
}
