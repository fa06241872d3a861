using System.Text.RegularExpressions;

namespace NetCore.Repo.Tests;

/// <summary>A C# code fence of a Markdown file; one marked "csharp no-compile" is left alone.</summary>
internal sealed partial record Fence(string Path, int Line, string Code)
{
    public static IEnumerable<Fence> In(SourceFile file) => CSharpFence().Matches(file.Text)
        .Where(match => match.Groups["mark"].Value.Trim() != "no-compile")
        .Select(match => new Fence(
            file.Path, file.Text.AsSpan(0, match.Index).Count('\n') + 1, match.Groups["code"].Value));

    [GeneratedRegex(@"^```csharp(?<mark>[^\n]*)\n(?<code>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CSharpFence();
}
