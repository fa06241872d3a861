using NetCore.Rpc;

namespace NetCore.Quickstart;

/// <summary>Keeps a peer inside one directory: no escape by '..', by absolute paths or by links.</summary>
public sealed class SafeRoot
{
    private static readonly string[] Skipped = [".git", "bin", "obj"];

    private readonly string _root;

    /// <summary>Guards <paramref name="directory"/>, which must exist.</summary>
    public SafeRoot(string directory)
    {
        _root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
        if (!Directory.Exists(_root))
        {
            throw new DirectoryNotFoundException($"'{directory}' is no directory. Give an existing one with --root.");
        }
    }

    /// <summary>Whether there is anything to serve.</summary>
    public bool HasFiles => List().Count > 0;

    /// <summary>The file behind a peer's path.</summary>
    /// <exception cref="RpcException">
    /// The path leaves the root, goes through a link, or names no regular file.
    /// </exception>
    public string Resolve(string path)
    {
        if (path.Length == 0 || Path.IsPathRooted(path) || path.Contains('\0') || IsWindowsPath(path))
        {
            throw Refused(path, "it must be relative to the root, with '/' between its parts");
        }

        var current = _root;
        foreach (var part in path.Split('/'))
        {
            if (part is "" or "." or ".." || Skipped.Contains(part))
            {
                throw Refused(path, "it leaves the root, or names a part that is not served");
            }

            current = Path.Combine(current, part);
            if (new FileInfo(current).LinkTarget is not null)
            {
                throw Refused(path, "links are not followed");
            }
        }

        return FileKind.IsRegular(current) ? current : throw Refused(path, "there is no such regular file");
    }

    /// <summary>All regular files below the root, in ordinal order of their paths.</summary>
    public List<string> List()
    {
        var found = new List<string>();
        Walk(new DirectoryInfo(_root), "", found);
        found.Sort(StringComparer.Ordinal);
        return found;
    }

    private static void Walk(DirectoryInfo directory, string prefix, List<string> found)
    {
        foreach (var entry in directory.EnumerateFileSystemInfos("*", new EnumerationOptions { AttributesToSkip = 0 }))
        {
            if (entry.LinkTarget is not null || Skipped.Contains(entry.Name))
            {
                continue;
            }

            var path = prefix + entry.Name;
            if (entry is DirectoryInfo below)
            {
                Walk(below, path + "/", found);
            }
            else if (FileKind.IsRegular(entry.FullName))
            {
                found.Add(path);
            }
        }
    }

    // On Unix a backslash is a letter like any other.
    private static bool IsWindowsPath(string path) => OperatingSystem.IsWindows() && path.Contains('\\');

    private static RpcException Refused(string path, string why) =>
        new(RpcErrorCode.Rejected, $"The path '{path}' is refused: {why}.");
}
