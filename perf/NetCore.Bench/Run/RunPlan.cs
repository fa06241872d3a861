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
        var leftOut = new Exclusions();
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

                if (WhyNot(scenario, contestant) is { } reason)
                {
                    leftOut.Add(scenario, contestant, reason);
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
        if (options.Quick)
        {
            leftOut.AddQuick(
                options.Contestants.Count > 0 ? contestants.Except(planned.Select(static one => one.Contestant)) : [],
                options.Scenarios.Count > 0 ? scenarios.Where(one => !IsPlanned(one)) : []);
        }

        return planned.Count > 0
            ? new RunPlan(planned, [.. scenarios.Where(IsPlanned)], [.. leftOut.Lines])
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

        var all = new Exclusions();
        foreach (var scenario in scenarios)
        {
            foreach (var contestant in contestants)
            {
                if (WhyNot(scenario, contestant) is { } reason)
                {
                    all.Add(scenario, contestant, reason);
                }
                else if (options.Quick)
                {
                    return "--quick leaves out all that these patterns name; without it they run "
                        + "(--rounds 1 --seconds 1 is short).";
                }
            }
        }

        return $"Nothing that these patterns name can run together here: {all.Summary}. See list.";
    }

    private static string? WhyNot(Scenario scenario, Contestant contestant) =>
        Bench.Scenarios.WhyNotHere(scenario) ?? contestant.WhyNot(scenario);

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
