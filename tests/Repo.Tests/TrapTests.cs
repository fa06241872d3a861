using System.Text.RegularExpressions;

namespace NetCore.Repo.Tests;

/// <summary>Every known trap of io_uring has a test that is marked with its number.</summary>
public partial class TrapTests
{
    private const string Document = "docs/decisions/0030-io-uring.md";

    [Fact]
    public void Every_known_trap_has_a_test() => Violations.AssertNone(
        Traps().Except(Tested()), "Write a test with [Trait(\"Trap\", \"5\")] for the trap of that number:");

    [Fact]
    public void Every_trap_that_a_test_names_is_known() => Violations.AssertNone(
        Tested().Except(Traps()), $"Not in the table of {Document}:");

    [Fact]
    public void The_table_is_found() => Assert.InRange(Traps().Count, 10, 100);

    private static List<string> Traps() =>
        [.. Row().Matches(Repository.Get(Document).Text).Select(static match => match.Groups[1].Value)];

    private static IEnumerable<string> Tested() => Repository.FilesIn(".cs", "tests")
        .Where(static file => !file.Path.StartsWith("tests/Repo.Tests/", StringComparison.Ordinal))
        .SelectMany(static file => Mark().Matches(file.Text))
        .Select(static match => match.Groups[1].Value)
        .Distinct();

    [GeneratedRegex(@"^\| (\d+): ", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"^ *\[Trait\(""Trap"", ""(\d+)""\)\]", RegexOptions.Multiline)]
    private static partial Regex Mark();
}
