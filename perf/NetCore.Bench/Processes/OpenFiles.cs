using System.Globalization;

namespace NetCore.Bench;

/// <summary>How many files a process may have open; .NET raises its own limit to the hard one.</summary>
internal static class OpenFiles
{
    private const string Field = "Max open files";
    private const string File = "/proc/self/limits";

    /// <summary>Null when it is unlimited or not known.</summary>
    public static long? Limit()
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        // "Max open files            1024                 20000                files"
        var line = System.IO.File.ReadLines(File).FirstOrDefault(l => l.StartsWith(Field, StringComparison.Ordinal));
        var columns = line?[Field.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return columns is [_, var hard, ..] && long.TryParse(hard, CultureInfo.InvariantCulture, out var limit)
            ? limit
            : null;
    }
}
