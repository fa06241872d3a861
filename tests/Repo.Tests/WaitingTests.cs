namespace NetCore.Repo.Tests;

public class WaitingTests
{
    // Written in two parts, so that this file does not hold what it looks for.
    private static readonly string[] Waits = ["Thread." + "Sleep(", "Task." + "Delay("];

    [Fact]
    public void A_test_that_waits_for_time_to_pass_says_why() => Violations.AssertNone(
        Repository.FilesIn(".cs", "tests").SelectMany(Unexplained),
        "Use virtual time or wait for the condition; if neither can be, give the reason in a comment above:");

    [Fact]
    public void An_unexplained_wait_is_found()
    {
        Assert.Single(Unexplained(new SourceFile("tests/A.cs", "a();\n" + Waits[0] + "10);\n")));
        Assert.Single(Unexplained(new SourceFile("tests/A.cs", Waits[1] + "10);\n")));
        Assert.Empty(Unexplained(new SourceFile("tests/A.cs", "// The kernel is late.\n" + Waits[0] + "10);\n")));
    }

    private static IEnumerable<string> Unexplained(SourceFile file)
    {
        for (var i = 0; i < file.Lines.Length; i++)
        {
            var line = file.Lines[i];
            var above = i == 0 ? "" : file.Lines[i - 1];
            if (Waits.Any(wait => line.Contains(wait, StringComparison.Ordinal))
                && !line.Contains("//", StringComparison.Ordinal)
                && !above.TrimStart().StartsWith("//", StringComparison.Ordinal))
            {
                yield return $"{file.Path}:{i + 1}: {line.Trim()}";
            }
        }
    }
}
