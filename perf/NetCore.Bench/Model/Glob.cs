using System.IO.Enumeration;

namespace NetCore.Bench;

/// <summary>Names chosen by patterns: <c>*</c> for any characters, <c>?</c> for one, <c>a,b</c> for either.</summary>
internal static class Glob
{
    /// <summary>Whether <paramref name="name"/> fits one of the patterns; it does when there are none.</summary>
    public static bool Matches(IReadOnlyList<string> patterns, string name) =>
        patterns.Count == 0 || patterns.SelectMany(static pattern => pattern.Split(','))
            .Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, name));
}
