namespace NetCore.Bench;

/// <summary>Which contestant runs which scenarios, and who is left out of which for what reason.</summary>
internal sealed record RunPlan(
    IReadOnlyList<PlannedContestant> Contestants, IReadOnlyList<Scenario> Scenarios, IReadOnlyList<string> LeftOut)
{
    public int CellsPerRound => Contestants.Sum(static one => one.Scenarios.Count);

    /// <param name="options">Patterns, and whether it is a quick run.</param>
    /// <param name="awake">What was chosen for this machine.</param>
    /// <param name="roster">Who there is.</param>
    /// <exception cref="UsageException">Nothing is left to run.</exception>
    public static RunPlan Of(RunOptions options, KeepAwake awake, IReadOnlyList<Contestant> roster)
    {
        var scenarios = Bench.Scenarios.All.Where(one => Glob.Matches(options.Scenarios, one.Name)).ToList();
        var contestants = roster.Where(one => Glob.Matches(options.Contestants, one.Name)).ToList();
        var leftOut = new List<(string Scenario, string Contestant, string Reason)>();
        var planned = new List<PlannedContestant>();
        foreach (var contestant in contestants.Where(one => !options.Quick || one.IsQuick))
        {
            var own = new List<Scenario>();
            foreach (var scenario in scenarios)
            {
                if (options.Quick && !Bench.Scenarios.IsQuick(scenario, contestant.Kind))
                {
                    continue;
                }

                if ((Bench.Scenarios.WhyNotHere(scenario) ?? contestant.WhyNot(scenario)) is { } reason)
                {
                    leftOut.Add((scenario.Name, contestant.Name, reason));
                    continue;
                }

                own.Add(Awake(scenario, awake));
            }

            if (own.Count > 0)
            {
                planned.Add(new PlannedContestant(contestant, own));
            }
        }

        bool IsPlanned(Scenario scenario) =>
            planned.Exists(one => one.Scenarios.Any(own => own.Name == scenario.Name));
        return planned.Count > 0
            ? new RunPlan(planned, [.. scenarios.Where(IsPlanned)], [.. Lines(leftOut)])
            : throw new UsageException(WhyNothing(options, scenarios, contestants));
    }

    private static string WhyNothing(
        RunOptions options, List<Scenario> scenarios, List<Contestant> contestants)
    {
        if (scenarios.Count == 0)
        {
            return $"No scenario fits '{string.Join(',', options.Scenarios)}': see list.";
        }

        if (contestants.Count == 0)
        {
            return $"No contestant fits '{string.Join(',', options.Contestants)}': see list.";
        }

        return options.Quick && scenarios.Exists(CanRun)
            ? "--quick leaves out all that these patterns name; without it they run "
                + "(--rounds 1 --seconds 1 is short)."
            : "Nothing that these patterns name can run together here: see list.";

        bool CanRun(Scenario scenario) => Bench.Scenarios.WhyNotHere(scenario) is null
            && contestants.Exists(contestant => contestant.WhyNot(scenario) is null);
    }

    private static IEnumerable<string> Lines(
        IEnumerable<(string Scenario, string Contestant, string Reason)> leftOut) => leftOut
        .GroupBy(static one => (one.Contestant, one.Reason), static one => one.Scenario)
        .Select(static same => $"{same.Key.Contestant} in {string.Join(", ", same)}: {same.Key.Reason}");

    private static Scenario Awake(Scenario scenario, KeepAwake awake) => scenario with
    {
        KeepAwake = awake switch
        {
            KeepAwake.Always => scenario.Wait != WaitMode.Spin,
            KeepAwake.Never => false,
            _ => scenario.KeepAwake,
        },
    };
}
