namespace NetCore.Bench.Doctor;

/// <summary>Facts that belong together.</summary>
internal sealed record Section(string Name, IReadOnlyList<Fact> Facts);
