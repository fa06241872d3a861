using System.Globalization;
using System.Text.RegularExpressions;

namespace NetCore.Native.Tests;

/// <summary>The numbers of the installed <c>linux/io_uring.h</c> (package linux-libc-dev).</summary>
internal static partial class UringHeader
{
    public const string Path = "/usr/include/linux/io_uring.h";

    /// <summary>Outside of continuous integration the header need not be there.</summary>
    public static bool MayBeMissing => Environment.GetEnvironmentVariable("CI") is null or "" or "false";

    /// <summary>Each name with its number; what is made of other names is followed.</summary>
    public static Dictionary<string, ulong> Read() => Parse(File.ReadAllText(Path));

    public static Dictionary<string, ulong> Parse(string text)
    {
        var code = Comment().Replace(text, " ");
        var numbers = new Dictionary<string, ulong>(StringComparer.Ordinal);
        foreach (Match block in EnumBlock().Matches(code))
        {
            ulong next = 0;
            foreach (var entry in block.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries))
            {
                var parts = entry.Split('=', StringSplitOptions.TrimEntries);
                if (parts[0].Length > 0)
                {
                    next = parts.Length > 1 ? Evaluate(parts[1], numbers) ?? next : next;
                    numbers[parts[0]] = next++;
                }
            }
        }

        foreach (Match define in Define().Matches(code))
        {
            if (Evaluate(define.Groups[2].Value, numbers) is { } value)
            {
                numbers[define.Groups[1].Value] = value;
            }
        }

        return numbers;
    }

    // A number, a name, or one of the two shifted to the left; null for all else.
    private static ulong? Evaluate(string text, Dictionary<string, ulong> numbers)
    {
        var sides = text.Trim().Trim('(', ')').Split("<<", StringSplitOptions.TrimEntries);
        var left = Term(sides[0], numbers);
        return sides.Length == 1 ? left : left << (int)(Term(sides[1], numbers) ?? 64);
    }

    private static ulong? Term(string text, Dictionary<string, ulong> numbers)
    {
        if (numbers.TryGetValue(text, out var known))
        {
            return known;
        }

        var digits = text.TrimEnd('U', 'L');
        return digits.StartsWith("0x", StringComparison.Ordinal)
            ? ulong.TryParse(digits.AsSpan(2), NumberStyles.HexNumber, null, out var hex) ? hex : null
            : ulong.TryParse(digits, NumberStyles.None, null, out var number) ? number : null;
    }

    [GeneratedRegex(@"/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"enum\s*\w*\s*\{(.*?)\}", RegexOptions.Singleline)]
    private static partial Regex EnumBlock();

    [GeneratedRegex(@"^#define[ \t]+(\w+)[ \t]+(.+)$", RegexOptions.Multiline)]
    private static partial Regex Define();
}
