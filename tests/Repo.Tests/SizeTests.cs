namespace NetCore.Repo.Tests;

public class SizeTests
{
    private const int MaxFileLines = 300;
    private const int MaxLineLength = 120;

    private static readonly string[] Sources = ["src", "tests", "samples", "perf"];

    [Fact]
    public void A_source_file_has_300_lines_at_most()
    {
        var exempt = Exemptions();
        Violations.AssertNone(
            TooLong(Repository.FilesIn(".cs", Sources)).Where(file => !exempt.ContainsKey(file.Path))
                .Select(file => $"{file.Path}: {file.Lines.Length} lines"),
            "Split the type, or give the reason in tests/Repo.Tests/exemptions.txt:");
    }

    [Fact]
    public void Every_exemption_is_needed_and_has_a_reason()
    {
        var needed = TooLong(Repository.FilesIn(".cs", Sources)).Select(file => file.Path).ToHashSet();
        Violations.AssertNone(
            Exemptions().Where(entry => !needed.Contains(entry.Key) || entry.Value.Length < 20)
                .Select(entry => $"{entry.Key} {entry.Value}"),
            "Delete the stale entry of exemptions.txt, or write its reason in a sentence:");
    }

    [Fact]
    public void A_line_has_120_characters_at_most() => Violations.AssertNone(
        Repository.FilesIn(".cs", Sources).SelectMany(TooWide), "Wrap these lines:");

    [Fact]
    public void A_long_file_and_a_wide_line_are_found()
    {
        Assert.Single(TooLong([new SourceFile("src/A.cs", string.Concat(Enumerable.Repeat("//\n", 301)))]));
        Assert.Empty(TooLong([new SourceFile("src/A.cs", string.Concat(Enumerable.Repeat("//\n", 300)))]));
        Assert.Single(TooWide(new SourceFile("src/A.cs", "short\n" + new string('x', 121) + "\n")));
        Assert.Empty(TooWide(new SourceFile("src/A.cs", new string('x', 120) + "\r\n")));
    }

    private static IEnumerable<SourceFile> TooLong(IEnumerable<SourceFile> files) =>
        files.Where(file => file.Lines.Length > MaxFileLines);

    private static IEnumerable<string> TooWide(SourceFile file) => file.Lines
        .Select((line, index) => (Length: line.TrimEnd('\r').Length, Number: index + 1))
        .Where(line => line.Length > MaxLineLength)
        .Select(line => $"{file.Path}:{line.Number}: {line.Length} characters");

    private static Dictionary<string, string> Exemptions() => Repository.Get("tests/Repo.Tests/exemptions.txt").Lines
        .Where(line => line.Length > 0 && !line.StartsWith('#'))
        .Select(line => line.Split(' ', 2))
        .ToDictionary(parts => parts[0], parts => parts.Length > 1 ? parts[1].Trim() : "");
}
