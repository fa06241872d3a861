namespace NetCore.Bench;

/// <summary>Who takes part, in the order of the tables.</summary>
internal static class Roster
{
    public static IReadOnlyList<Contestant> All { get; } = [];
}
