using System.Text.Json.Nodes;

namespace NetCore.Repo.Tests;

/// <summary>The edits of tests/seeded-bugs fit the sources as they are.</summary>
public class SeededBugTests
{
    private const int Fewest = 30;

    // Twelve, and the canary before them.
    private const int FewestInEachRun = 13;

    private static readonly JsonArray Bugs =
        JsonNode.Parse(Repository.Get("tests/seeded-bugs/bugs.json").Text)!.AsArray();

    [Fact]
    public void The_place_of_every_seeded_bug_is_there_once() => Violations.AssertNone(
        Bugs.Where(bug => Count(Repository.Get((string)bug!["file"]!).Text, (string)bug["find"]!) != 1)
            .Select(bug => $"{bug!["file"]}: {bug["name"]}"),
        "The sources have changed; mend the edit in tests/seeded-bugs/bugs.json:");

    [Fact]
    public void There_are_enough_of_them()
    {
        Assert.True(Bugs.Count >= Fewest);
        Assert.True(Bugs.Count(bug => bug!["ci"] is not null) >= FewestInEachRun);
        Assert.Equal(Bugs.Count, Bugs.Select(bug => (string)bug!["name"]!).Distinct().Count());
    }

    [Fact]
    public void The_class_that_finds_a_bug_in_each_run_is_there() => Violations.AssertNone(
        Bugs.Where(bug => bug!["ci"] is not null)
            .Select(bug => $"tests/{bug!["tests"]}.Tests/{bug["ci"]}.cs")
            .Where(path => !Repository.Files.Any(file => file.Path == path)),
        "Name the class that finds the bug in tests/seeded-bugs/bugs.json:");

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
