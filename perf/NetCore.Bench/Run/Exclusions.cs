namespace NetCore.Bench;

/// <summary>What is left out of a run, and why.</summary>
internal sealed class Exclusions
{
    // More than these are told by list.
    private const int MostReasons = 3;

    private readonly List<(string Scenario, string Contestant, string Reason)> _cells = [];
    private readonly List<string> _quick = [];

    /// <summary>A line for each contestant and reason.</summary>
    public IEnumerable<string> Lines => _cells
        .GroupBy(static one => (one.Contestant, one.Reason), static one => one.Scenario)
        .Select(static same => $"{same.Key.Contestant} in {string.Join(", ", same)}: {same.Key.Reason}")
        .Concat(_quick);

    /// <summary>The reasons that hold for most, as a part of a sentence.</summary>
    public string Summary => string.Join("; ", _cells
        .GroupBy(static one => one.Reason, static one => one.Contestant)
        .OrderByDescending(static same => same.Count())
        .Take(MostReasons)
        .Select(static same => $"{Short([.. same.Distinct()])}: {same.Key}"));

    public void Add(Scenario scenario, Contestant contestant, string reason) =>
        _cells.Add((scenario.Name, contestant.Name, reason));

    /// <summary>What was asked for by name and does not belong to a quick run, unless its reason is known.</summary>
    public void AddQuick(IEnumerable<Contestant> contestants, IEnumerable<Scenario> scenarios)
    {
        var names = contestants.Select(static one => one.Name).Except(_cells.Select(static one => one.Contestant))
            .Concat(scenarios.Select(static one => one.Name).Except(_cells.Select(static one => one.Scenario)))
            .ToList();
        if (names.Count > 0)
        {
            _quick.Add($"{string.Join(", ", names)}: --quick, which has the most telling cells only");
        }
    }

    private static string Short(List<string> names) => names.Count <= 2
        ? string.Join(" and ", names)
        : $"{names[0]} and {names.Count - 1} others";
}
