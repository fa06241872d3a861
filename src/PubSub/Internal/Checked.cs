using System.Runtime.CompilerServices;

namespace NetCore.PubSub.Internal;

/// <summary>Options within their bounds.</summary>
internal static class Checked
{
    public static int InRange(int value, int min, int max, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, min, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, max, name);
        return value;
    }

    public static TimeSpan InRange(
        TimeSpan value, int minMilliseconds, int maxMilliseconds,
        [CallerArgumentExpression(nameof(value))] string name = "")
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.FromMilliseconds(minMilliseconds), name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, TimeSpan.FromMilliseconds(maxMilliseconds), name);
        return value;
    }
}
