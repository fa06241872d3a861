namespace NetCore.Bench.Tests;

/// <summary>A file that goes with its test.</summary>
internal sealed class TemporaryFile : IDisposable
{
    public TemporaryFile(string? text = null)
    {
        if (text is not null)
        {
            File.WriteAllText(Path, text);
        }
    }

    public string Path { get; } =
        System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"bench-{Guid.NewGuid():N}.json");

    public void Dispose() => File.Delete(Path);
}
