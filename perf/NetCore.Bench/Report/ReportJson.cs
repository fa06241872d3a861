using System.Text.Json;

namespace NetCore.Bench;

/// <summary>Reads and writes <see cref="ReportFile"/>.</summary>
internal static class ReportJson
{
    private const int Schema = 1;

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true,
    };

    public static string Write(ReportFile report) => JsonSerializer.Serialize(report, Options);

    /// <exception cref="BenchException">It is no such file, or one of another schema.</exception>
    public static ReportFile Read(string text)
    {
        try
        {
            var report = JsonSerializer.Deserialize<ReportFile>(text, Options);
            return report?.Schema == Schema
                ? report
                : throw new BenchException($"This is no report of schema {Schema}.");
        }
        catch (JsonException e)
        {
            throw new BenchException($"This is no report: {e.Message}");
        }
    }
}
