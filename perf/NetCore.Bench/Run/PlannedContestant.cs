namespace NetCore.Bench;

/// <summary>A contestant and what its pair of processes measures in each round.</summary>
internal sealed record PlannedContestant(Contestant Contestant, IReadOnlyList<Scenario> Scenarios);
