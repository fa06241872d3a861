using System.Text.RegularExpressions;

namespace NetCore.Repo.Tests;

/// <summary>Every rule of the wire has a number, a side and a test there.</summary>
public partial class WireRuleTests
{
    private const string Document = "docs/wire-format.md";

    [Fact]
    public void Every_rule_of_the_wire_has_a_test_on_its_side() => Violations.AssertNone(
        Rules(Repository.Get(Document)).Except(Tested(Repository.FilesIn(".cs", "tests"))),
        "Write a test that names the rule, as [Trait(\"Wire\", \"W-1 S\")]:");

    [Fact]
    public void Every_rule_that_a_test_names_is_in_the_document() => Violations.AssertNone(
        Tested(Repository.FilesIn(".cs", "tests")).Except(Rules(Repository.Get(Document))),
        $"Not in {Document} with this number and side:");

    [Fact]
    public void The_rules_are_numbered_without_gaps()
    {
        var numbers = Rules(Repository.Get(Document)).Select(rule => int.Parse(rule[2..^2])).ToList();
        Assert.Equal(Enumerable.Range(1, numbers.Count), numbers);
        Assert.True(numbers.Count > 50, "The pattern no longer finds the rules.");
    }

    [Fact]
    public void No_line_with_a_MUST_is_without_a_number() => Violations.AssertNone(
        Unnumbered(Repository.Get(Document)), "Give the rule a number and a side, or say it without MUST:");

    [Fact]
    public void What_is_missing_is_found()
    {
        var file = new SourceFile("a.md", "- **W-1 S** It MUST.\n  It MUST too.\n| W-2 R | x |\n\nIt MUST not.\n");
        Assert.Equal(["W-1 S", "W-2 R"], Rules(file));
        Assert.Equal("a.md:5: It MUST not.", Assert.Single(Unnumbered(file)));
        const string trait = "[Trait(\"Wire\", \"W-2 R\")]\n";
        Assert.Equal(2, Missing("[Fact]\n" + trait.Replace('R', 'S') + "public void A() {}"));
        Assert.Equal(1, Missing("[Fact]\n" + trait + "public void A() {}"));
        Assert.Equal(2, Missing("[Fact]\n// " + trait + "public void A() {}"));
        Assert.Equal(2, Missing(trait + "public void A() {}"));
        Assert.Equal(2, Missing("[Fact(Skip = \"later\")]\n" + trait + "public void A() {}"));
        int Missing(string test) => Rules(file).Except(Tested([new SourceFile("tests/A.cs", test)])).Count();
    }

    private static List<string> Rules(SourceFile file) =>
        [.. Rule().Matches(file.Text).Select(match => $"W-{match.Groups[1].Value}")];

    private static IEnumerable<string> Tested(IEnumerable<SourceFile> files) => files
        .Where(file => !file.Path.StartsWith("tests/Repo.Tests/", StringComparison.Ordinal))
        .SelectMany(file => Attributes().Matches(file.Text))
        .Where(match => IsTest().IsMatch(match.Value) && !match.Value.Contains("Skip = ", StringComparison.Ordinal))
        .SelectMany(match => Name().Matches(match.Value))
        .Select(match => $"W-{match.Groups[1].Value}")
        .Distinct();

    // A rule goes on in lines that are indented; a table says it of its rows.
    private static IEnumerable<string> Unnumbered(SourceFile file) => file.Lines
        .Select((line, index) => (Line: line, Number: index + 1))
        .Where(line => line.Line.Contains("MUST", StringComparison.Ordinal)
            && !line.Line.StartsWith("- **W-", StringComparison.Ordinal)
            && !line.Line.StartsWith("  ", StringComparison.Ordinal))
        .Select(line => $"{file.Path}:{line.Number}: {line.Line}");

    [GeneratedRegex(@"^(?:- \*\*W-|\| W-)(\d+ [SR])\b", RegexOptions.Multiline)]
    private static partial Regex Rule();

    // What stands before a method: lines that begin with an attribute or go on with one.
    [GeneratedRegex(@"(?:^ *\[(?s:.*?)\] *\n)+(?= *public )", RegexOptions.Multiline)]
    private static partial Regex Attributes();

    [GeneratedRegex(@"^ *\[(?:Fact|Theory|Property)\b", RegexOptions.Multiline)]
    private static partial Regex IsTest();

    [GeneratedRegex(@"(?<=^ *\[[^/\n]*)Trait\(""Wire"", ""W-(\d+ [SR])""\)", RegexOptions.Multiline)]
    private static partial Regex Name();
}
