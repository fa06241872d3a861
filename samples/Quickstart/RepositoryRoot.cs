namespace NetCore.Quickstart;

/// <summary>Finds the repository that this program was built from: the default thing to serve.</summary>
internal static class RepositoryRoot
{
    public static string Find()
    {
        var start = new DirectoryInfo(AppContext.BaseDirectory);
        for (var directory = start; directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "NetCore.sln")))
            {
                return directory.FullName;
            }
        }

        return Directory.GetCurrentDirectory();
    }
}
