namespace NetCore.Repo.Tests;

internal static class Violations
{
    /// <summary>Fails with one line per violation, and with the sentence that says what to do about them.</summary>
    public static void AssertNone(IEnumerable<string> violations, string advice)
    {
        var found = violations.ToList();
        Assert.True(found.Count == 0, $"{advice}\n  {string.Join("\n  ", found)}");
    }
}
