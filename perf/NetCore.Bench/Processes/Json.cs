using System.Text.Json;

namespace NetCore.Bench;

/// <summary>How results are written, on one line between processes and indented into the file.</summary>
internal static class Json
{
    private static readonly JsonSerializerOptions Line = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private static readonly JsonSerializerOptions Page = new(Line) { WriteIndented = true };

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Line);

    public static string WritePage<T>(T value) => JsonSerializer.Serialize(value, Page);

    public static T Read<T>(string text) =>
        JsonSerializer.Deserialize<T>(text, Line) ?? throw new BenchException($"'{text}' is no {typeof(T).Name}.");
}
