namespace NetCore.Bench.Doctor;

/// <summary>
/// The kernel's text files below a root; what cannot be read comes back as a reason, never as an exception.
/// </summary>
/// <param name="root">"/", or a folder that stands for it in a test.</param>
internal sealed class SystemFiles(string root = "/")
{
    /// <summary>The trimmed content of a file.</summary>
    /// <param name="path">As it is on a real system, from <c>/</c>.</param>
    public Reading Read(string path)
    {
        try
        {
            return new Reading(File.ReadAllText(root + path).Trim(), null);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return new Reading(null, $"there is no {path}");
        }
        catch (UnauthorizedAccessException)
        {
            return new Reading(null, $"{path} may not be read by this user");
        }
        catch (IOException e)
        {
            // Some files exist and fail when they are read, the frequency of a virtual core for one.
            return new Reading(null, $"{path} cannot be read: {e.Message}");
        }
    }

    /// <summary>The names in a folder, in order; none when there is no such folder.</summary>
    public IReadOnlyList<string> List(string path)
    {
        try
        {
            return [.. Directory.EnumerateFileSystemEntries(root + path)
                .Select(entry => Path.GetFileName(entry)).Order(StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
