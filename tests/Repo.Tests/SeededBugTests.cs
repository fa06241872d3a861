using System.Text.Json.Nodes;

namespace NetCore.Repo.Tests;

/// <summary>The edits of tests/seeded-bugs fit the sources as they are.</summary>
public class SeededBugTests
{
    private const int Fewest = 30;
    private const int FewestInEachRun = 12;

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
        Assert.True(Bugs.Count(bug => (bool)bug!["ci"]!) >= FewestInEachRun);
        Assert.Equal(Bugs.Count, Bugs.Select(bug => (string)bug!["name"]!).Distinct().Count());
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
