namespace NetCore.Bench.Tests.Html;

/// <summary>Where the browser is that renders reports in tests.</summary>
internal static class Chromium
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    /// <summary>Its program; null when there is none.</summary>
    public static string? File { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .SelectMany(folder => Names.Select(name => Path.Combine(folder, name)))
        .FirstOrDefault(System.IO.File.Exists);

    /// <summary>Continuous integration installs it, so that there a missing browser is a failure.</summary>
    public static bool MayBeMissing => Environment.GetEnvironmentVariable("CI") is null or "" or "false";
}
