namespace NetCore.Bench;

/// <summary>Runs all rounds: contestants take turns, and each round starts with another one.</summary>
/// <remarks>
/// So that a slow minute of the machine hits all of them and none has a place of its own. A pair of processes lives for
/// one round of one contestant.
/// </remarks>
internal sealed class RoundRunner(
    RunPlan plan, RunOptions options, PairSettings settings, IWarmUpSchedule schedule, CancellationToken stop)
{
    /// <summary>All cells so far, those that were discarded included.</summary>
    public List<ReportCell> Cells { get; } = [];

    /// <summary>Why the run ended before all cells; null when it did not.</summary>
    public string? CutShort { get; private set; }

    public void Run(Action<ReportCell> onCell)
    {
        using var spinners = Spinners.Start(settings.Cores, stop);
        var count = plan.Contestants.Count;
        for (var round = 1; round <= options.Rounds; round++)
        {
            for (var i = 0; i < count && CutShort is null; i++)
            {
                RunContestant(round, plan.Contestants[(round - 1 + i) % count], spinners, onCell);
            }
        }
    }

    private void RunContestant(int round, PlannedContestant planned, Spinners spinners, Action<ReportCell> onCell)
    {
        Pair? pair = null;
        try
        {
            foreach (var scenario in planned.Scenarios)
            {
                stop.ThrowIfCancellationRequested();
                if (schedule.Next(firstOfPair: pair is null) is not { } warmUp)
                {
                    CutShort = $"no time was left in round {round}";
                    return;
                }

                try
                {
                    pair ??= new Pair(planned.Contestant, planned.Scenarios, settings, spinners, stop);
                    Measure(pair, round, planned.Contestant, scenario, warmUp, onCell);
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    // After Ctrl-C the halves have had their signal too, and that they are gone is no failure.
                    stop.ThrowIfCancellationRequested();
                    Add(CellReport.Failed(
                        round, scenario, planned.Contestant, e is BenchException ? e.Message : e.ToString()), onCell);

                    // The next scenario gets fresh processes.
                    pair?.Dispose();
                    pair = null;
                }
            }
        }
        finally
        {
            pair?.Dispose();
        }
    }

    private void Measure(
        Pair pair, int round, Contestant contestant, Scenario scenario, WarmUpPlan warmUp, Action<ReportCell> onCell)
    {
        var request = new CellRequest
        {
            Scenario = scenario,
            Address = new Uri("tcp://127.0.0.1:0"),
            WarmUp = warmUp,
            Measure = options.Measure,
            Peak = PeakOf(scenario, contestant, round),
            ClientWork = options.ClientWork,
        };
        ReportCell? disturbed = null;
        for (var attempt = 0; ; attempt++)
        {
            var warm = pair.WarmUp(request);
            if (warm.Rate <= 0 && scenario.Traffic != Traffic.Idle)
            {
                throw new BenchException("not one request was answered");
            }

            if (!warm.Steady && !options.MeasureUnsteady)
            {
                // What was measured before, though disturbed, says more than nothing.
                pair.Release();
                Add(disturbed ?? CellReport.NotWarm(round, scenario, contestant, warm), onCell);
                return;
            }

            var figures = pair.Measure(request, warm);
            pair.Release();
            if (disturbed is { } first)
            {
                Add(first with { Discarded = CellReport.RepeatedPrefix + first.Discarded }, onCell);
            }

            var cell = CellReport.Of(round, scenario, contestant, figures, request.Peak);
            if (attempt >= options.Retries || !CellJudge.IsWorthRepeating(scenario, figures))
            {
                Add(cell, onCell);
                return;
            }

            disturbed = cell;
            request = request with { WarmUp = warmUp.Shorter() };
        }
    }

    private double PeakOf(Scenario scenario, Contestant contestant, int round) => Scenarios.PeakOf(scenario) is { } name
        ? Cells.FindLast(cell => cell.Scenario == name && cell.Contestant == contestant.Name
            && cell.Round == round && cell.Discarded is null)?.OpsPerSecond ?? 0
        : 0;

    private void Add(ReportCell cell, Action<ReportCell> onCell)
    {
        Cells.Add(cell);
        onCell(cell);
    }
}
