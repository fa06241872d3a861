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
    public void A_private_path_is_found() =>
        Assert.Single(PrivatePaths(new SourceFile("a.md", "first\nsee " + Private[1] + "notes\n")));

    [Fact]
    public void A_dead_link_is_found_and_a_live_one_is_not()
    {
        var file = new SourceFile(
            "docs/a.md", "[x](b.md) [y](../c.md#part) [z](https://example.org) [w](#here)\n```\n[v](d.md)\n```\n");
        Assert.Equal(["docs/a.md: b.md"], DeadLinks(file, path => path == "c.md"));
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

    private static string Resolve(string folder, string target)
    {
        var absolute = Path.GetFullPath(Path.Combine("/", folder, target));
        return absolute.TrimStart('/').TrimEnd('/');
    }

    private static bool Exists(string path) => Path.Exists(Path.Combine(Repository.Root, path));

    [GeneratedRegex(@"\]\(([^)#\s]*)(?:#[^)]*)?\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();
}
