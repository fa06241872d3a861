namespace NetCore.Bench.Doctor;

/// <summary>What the kernel does against faults of this processor, from <c>/sys/.../vulnerabilities</c>.</summary>
internal static class Mitigations
{
    // They make each entry into the kernel longer; the others cost on other paths.
    private static readonly string[] AtSystemCalls = ["PTI", "IBRS", "Clear CPU buffers", "untrained return thunk"];

    public static Fact Summarize(IReadOnlyList<(string Name, string Text)> states)
    {
        const string name = "mitigations";
        if (states.Count == 0)
        {
            return Fact.Unknown(name, "the kernel lists no vulnerabilities");
        }

        var active = states.Where(one => one.Text.StartsWith("Mitigation", StringComparison.Ordinal))
            .Select(one => $"{one.Name}: {Rest(one.Text)}").ToList();
        var open = states.Where(one => one.Text.StartsWith("Vulnerable", StringComparison.Ordinal))
            .Select(one => one.Name).ToList();
        var value = active.Count == 0 ? "none active" : string.Join("; ", active);
        if (open.Count > 0)
        {
            value += $"; open: {string.Join(", ", open)}";
        }

        var costly = AtSystemCalls.Where(word =>
            active.Exists(line => line.Split([' ', ',', ';', ':']).Contains(word) || Phrase(line, word))).ToList();
        return Fact.Of(name, value, costly.Count == 0
            ? null : $"every system call is longer by {string.Join(" and ", costly)}");
    }

    private static bool Phrase(string line, string words) =>
        words.Contains(' ', StringComparison.Ordinal) && line.Contains(words, StringComparison.Ordinal);

    private static string Rest(string text) => text[(text.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
}
