using System.Globalization;

namespace NetCore.Bench.Doctor;

/// <summary>A line of <c>/proc/self/limits</c>.</summary>
/// <param name="Soft">What holds now; null is no limit.</param>
/// <param name="Hard">How far this user may raise it; null is no limit.</param>
internal sealed record ProcessLimit(long? Soft, long? Hard)
{
    /// <summary>The limit of this name; null when there is no such line.</summary>
    public static ProcessLimit? Parse(string text, string name)
    {
        var line = text.Split('\n').FirstOrDefault(one => one.StartsWith(name + " ", StringComparison.Ordinal));
        var words = line?[name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words is [var soft, var hard, ..] && TryValue(soft, out var low) && TryValue(hard, out var high)
            ? new ProcessLimit(low, high)
            : null;
    }

    public string Text(Func<long, string> words) =>
        Soft == Hard ? One(Soft, words) : $"{One(Soft, words)}, may be raised to {One(Hard, words)}";

    private static string One(long? value, Func<long, string> words) => value is { } v ? words(v) : "unlimited";

    private static bool TryValue(string text, out long? value)
    {
        value = null;
        if (text == "unlimited")
        {
            return true;
        }

        var read = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        value = number;
        return read;
    }
}
