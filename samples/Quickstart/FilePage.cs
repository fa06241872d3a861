namespace NetCore.Quickstart;

/// <summary>Some paths, and whether more follow.</summary>
public sealed record FilePage(IReadOnlyList<string> Paths, bool More);
