using System.Text.RegularExpressions;

namespace NetCore.Repo.Tests;

public partial class TextTests
{
    // Written in two parts, so that this file does not hold what it looks for.
    private static readonly string[] Private = ["../" + "shared", "/wor" + "k/", ".lib" + "rary"];

    [Fact]
    public void No_file_points_outside_the_repository() => Violations.AssertNone(
        Repository.Files.SelectMany(PrivatePaths), "The project stands alone; take these paths out:");

    [Fact]
    public void No_relative_link_is_dead() => Violations.AssertNone(
        Repository.FilesIn(".md").SelectMany(file => DeadLinks(file, Exists)), "Mend these links:");

    [Fact]
    public void No_link_names_a_heading_that_is_not_there() => Violations.AssertNone(
        Repository.FilesIn(".md").SelectMany(file => DeadHeadings(file, Repository.Get)), "Mend these links:");

    [Fact]
    public void A_private_path_is_found() =>
        Assert.Single(PrivatePaths(new SourceFile("a.md", "first\nsee " + Private[1] + "notes\n")));

    [Fact]
    public void A_dead_link_is_found_and_a_live_one_is_not()
    {
        var file = new SourceFile(
            "docs/a.md", "[x](b.md) [y](../c.md#part) [z](https://example.org) [w](#here)\n```\n[v](d.md)\n```\n");
        Assert.Equal(["docs/a.md: b.md"], DeadLinks(file, path => path == "c.md"));
    }

    [Fact]
    public void A_link_to_a_missing_heading_is_found()
    {
        var other = new SourceFile("docs/b.md", "# One `two`, three: four-five\n```\n# six\n```\n");
        const string text = "[x](b.md#one-two-three-four-five) [y](b.md#six) [z](b.md#one) [w](#here)";
        var file = new SourceFile("docs/a.md", text);
        Assert.Equal(
            ["docs/a.md: b.md#six", "docs/a.md: b.md#one", "docs/a.md: #here"],
            DeadHeadings(file, path => path == "docs/b.md" ? other : file));
    }

    private static IEnumerable<string> PrivatePaths(SourceFile file) => Private
        .Where(text => file.Text.Contains(text, StringComparison.Ordinal))
        .Select(text => $"{file.Path}: {text}");

    private static IEnumerable<string> DeadLinks(SourceFile file, Func<string, bool> exists) => Link()
        .Matches(Fence().Replace(file.Text, ""))
        .Select(match => match.Groups[1].Value)
        .Where(target => target.Length > 0 && !target.Contains(':', StringComparison.Ordinal))
        .Where(target => !exists(Resolve(file.Folder, target)))
        .Select(target => $"{file.Path}: {target}");

    private static IEnumerable<string> DeadHeadings(SourceFile file, Func<string, SourceFile> get) =>
        from Match match in Heading().Matches(Fence().Replace(file.Text, ""))
        let path = match.Groups[1].Value
        where !path.Contains(':', StringComparison.Ordinal)
        let target = path.Length == 0 ? file : get(Resolve(file.Folder, path))
        where !Headings(target).Contains(match.Groups[2].Value)
        select $"{file.Path}: {path}#{match.Groups[2].Value}";

    // As code hosts make them: small letters and digits, a hyphen for each space, nothing else.
    private static IEnumerable<string> Headings(SourceFile file) => Fence().Replace(file.Text, "").Split('\n')
        .Where(line => line.StartsWith('#'))
        .Select(line => string.Concat(line.TrimStart('#').Trim().ToLowerInvariant()
            .Where(letter => char.IsLetterOrDigit(letter) || letter is ' ' or '-' or '_')
            .Select(letter => letter == ' ' ? '-' : letter)));

    private static string Resolve(string folder, string target)
    {
        var absolute = Path.GetFullPath(Path.Combine("/", folder, target));
        return absolute.TrimStart('/').TrimEnd('/');
    }

    private static bool Exists(string path) => Path.Exists(Path.Combine(Repository.Root, path));

    [GeneratedRegex(@"\]\(([^)#\s]*)(?:#[^)]*)?\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"\]\(([^)#\s]*)#([^)\s]+)\)")]
    private static partial Regex Heading();

    [GeneratedRegex(@"^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();
}
