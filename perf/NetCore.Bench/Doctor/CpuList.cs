using System.Globalization;

namespace NetCore.Bench.Doctor;

/// <summary>Lists of cores as the kernel writes them: <c>0-1,4</c>.</summary>
internal static class CpuList
{
    /// <summary>The numbers, ascending as written; null when the text is no such list.</summary>
    public static IReadOnlyList<int>? Parse(string text)
    {
        var cores = new List<int>();
        foreach (var range in text.Trim().Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var ends = range.Split('-');
            if (ends.Length > 2 || !TryNumber(ends[0], out var first) || !TryNumber(ends[^1], out var last)
                || last < first)
            {
                return null;
            }

            cores.AddRange(Enumerable.Range(first, last - first + 1));
        }

        return cores;
    }

    // Linux builds for 8,192 cores at most; a larger number is no core and would only fill memory.
    private static bool TryNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number < 8192;
}
