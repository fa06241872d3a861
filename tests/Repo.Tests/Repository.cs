namespace NetCore.Repo.Tests;

/// <summary>The checkout that the tests were built in: the folder above them that holds NetCore.sln.</summary>
internal static class Repository
{
    private static readonly HashSet<string> Ignored = new(StringComparer.OrdinalIgnoreCase)
    {
        ".git", ".vs", ".idea", "bin", "obj", "artifacts", "TestResults", "BenchmarkDotNet.Artifacts",
    };

    public static string Root { get; } = FindRoot();

    private static readonly Lazy<IReadOnlyList<SourceFile>> All = new(() => [.. Walk(Root)
        .Order(StringComparer.Ordinal)
        .Select(path => new SourceFile(path, File.ReadAllText(Path.Combine(Root, path))))
        .Where(file => !file.Text.Contains('\0', StringComparison.Ordinal))]);

    /// <summary>Every text file, but for what builds and tools leave behind.</summary>
    public static IReadOnlyList<SourceFile> Files => All.Value;

    public static IEnumerable<SourceFile> FilesIn(string extension, params string[] folders) => Files.Where(file =>
        file.Path.EndsWith(extension, StringComparison.Ordinal)
        && (folders.Length == 0
            || folders.Any(folder => file.Path.StartsWith(folder + "/", StringComparison.Ordinal))));

    public static SourceFile Get(string path) => Files.Single(file => file.Path == path);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "NetCore.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds NetCore.sln.");
    }

    private static IEnumerable<string> Walk(string folder)
    {
        // In a worktree of git, .git is a file.
        foreach (var path in Directory.EnumerateFiles(folder).Where(path => !Ignored.Contains(Path.GetFileName(path))))
        {
            yield return Path.GetRelativePath(Root, path).Replace('\\', '/');
        }

        foreach (var inner in Directory.EnumerateDirectories(folder))
        {
            if (!Ignored.Contains(Path.GetFileName(inner)))
            {
                foreach (var path in Walk(inner))
                {
                    yield return path;
                }
            }
        }
    }
}
