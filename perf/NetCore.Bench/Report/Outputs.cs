namespace NetCore.Bench;

/// <summary>The files of a run.</summary>
internal static class Outputs
{
    /// <summary>Why there can be no HTML file; null when there can.</summary>
    public static string? WhyNoHtml => "The HTML report is not built in yet; take --json.";

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
            throw new BenchException(WhyNoHtml!);
        }
    }
}
