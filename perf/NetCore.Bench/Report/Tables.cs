namespace NetCore.Bench;

/// <summary>The tables at the end, in Markdown: figures by scenario, with the ratio to the floor.</summary>
internal sealed class Tables(ReportFile report, RunPlan plan)
{
    private const string Whole = "N0";
    private const string Tenths = "N1";
    private const string Hundredths = "0.00";

    public void Print()
    {
        foreach (var scenario in plan.Scenarios)
        {
            Console.WriteLine();
            Console.WriteLine($"### {scenario.Name}: {scenario.Description}");
            Console.WriteLine();
            if (scenario.Traffic == Traffic.Idle)
            {
                PrintMemory(scenario);
                continue;
            }

            PrintFigures(scenario);
            PrintPeers(scenario);
            PrintBeside(scenario);
        }

        PrintList("Discarded, with the reason:", report.Cells.Where(static cell => cell.Discarded is not null)
            .Select(static cell => $"round {cell.Round}, {cell.Contestant} in {cell.Scenario}: {cell.Discarded}"));
        foreach (var hint in new Outcome(report.Cells).Hints)
        {
            Console.WriteLine();
            Console.WriteLine(hint);
        }

        PrintList("Counted, but to be known:", report.Cells
            .Where(static cell => cell.Discarded is null && cell.Labels.Count > 0)
            .Select(static cell =>
                $"round {cell.Round}, {cell.Contestant} in {cell.Scenario}: {string.Join("; ", cell.Labels)}"));
        PrintList("Left out:", plan.LeftOut);
    }

    private static void PrintList(string title, IEnumerable<string> lines)
    {
        var all = lines.ToList();
        if (all.Count > 0)
        {
            Console.WriteLine();
            Console.WriteLine(title);
            all.ForEach(static line => Console.WriteLine($"- {line}"));
        }
    }

    private void PrintMemory(Scenario scenario)
    {
        Console.WriteLine("| contestant | n | B/connection resident, server | managed, server "
            + "| managed, client | connects/s |");
        Console.WriteLine("|---|---|---|---|---|---|");
        foreach (var contestant in Present(scenario))
        {
            var good = Good(scenario.Name, contestant.Name);
            Console.WriteLine($"| {contestant.Name} | {good.Count} "
                + $"| {Spread.Of(good.Select(static cell => cell.ServerBytesPerConnection ?? 0)).Text(Whole)} "
                + $"| {Managed(good, static cell => cell.ServerManagedBytesPerConnection)} "
                + $"| {Managed(good, static cell => cell.ClientManagedBytesPerConnection)} "
                + $"| {Spread.Of(good.Select(static cell => cell.OpsPerSecond)).Short(Whole)} |");
        }
    }

    // Reports of older versions do not have it.
    private static string Managed(List<ReportCell> cells, Func<ReportCell, double?> figure) =>
        Spread.Of(cells.Select(figure).OfType<double>()).Short(Whole);

    private void PrintFigures(Scenario scenario)
    {
        var present = Present(scenario);
        var counted = present.Select(static one => one.Name)
            .Where(name => Good(scenario.Name, name).Count > 0).ToList();
        Console.WriteLine("| contestant | n | ops/s | p50 us | p90 us | p99 us | p99.9 us | max us | GB/s "
            + "| CPU us/op client, server | B/op client, server | switches/op | syscalls/op client, server "
            + "| requests/op client, server | GC 0, 1, 2 "
            + "| floor | ops/s : floor | p50 : floor |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (var contestant in present)
        {
            var good = Good(scenario.Name, contestant.Name);
            var timed = good.Where(static cell => cell.Curve.Count > 0).ToList();
            Spread Of(Func<ReportCell, double> figure) => Spread.Of(good.Select(figure));
            string Count(Func<ReportCell, double?> figure) =>
                Spread.Of(good.Select(figure).OfType<double>()).Short(Hundredths);
            string Time(Func<ReportCell, double> figure) => Spread.Of(timed.Select(figure)).Short(Tenths);
            var ratio = RatioTo(scenario.Name, contestant.Name, Floors.Of(contestant, scenario, counted));
            Console.WriteLine($"| {contestant.Name} | {good.Count} | {Of(static c => c.OpsPerSecond).Text(Whole)} "
                + $"| {Spread.Of(timed.Select(static c => c.P50Us)).Text(Tenths)} "
                + $"| {Time(static c => c.P90Us)} | {Time(static c => c.P99Us)} | {Time(static c => c.P999Us)} "
                + $"| {Time(static c => c.MaxUs)} | {Of(static c => c.GbPerSecond).Short(Hundredths)} "
                + $"| {Of(static c => c.ClientCpuUsPerOp).Short(Hundredths)}, "
                + $"{Of(static c => c.ServerCpuUsPerOp).Short(Hundredths)} "
                + $"| {Of(static c => c.ClientAllocatedBytesPerOp).Short(Tenths)}, "
                + $"{Of(static c => c.ServerAllocatedBytesPerOp).Short(Tenths)} "
                + $"| {Of(static c => c.ContextSwitchesPerOp).Short(Hundredths)} "
                + $"| {Count(static c => c.ClientSyscallsPerOp)}, {Count(static c => c.SyscallsPerOp)} "
                + $"| {Count(static c => c.ClientRequestsPerOp)}, {Count(static c => c.RequestsPerOp)} "
                + $"| {string.Join(", ", Enumerable.Range(0, 3).Select(g => Of(c => c.GcCounts[g]).Short(Whole)))} "
                + $"| {ratio}");
        }
    }

    private string RatioTo(string scenario, string contestant, string? baseline)
    {
        if (contestant == baseline)
        {
            return "itself | 1 | 1 |";
        }

        var ratio = Find(scenario, contestant, baseline);
        return ratio is null
            ? "- | - | - |"
            : $"{baseline} | {Text(ratio.Throughput, ratio.ThroughputMin, ratio.ThroughputMax)} "
                + $"| {Text(ratio.P50, ratio.P50Min, ratio.P50Max)} |";
    }

    // What is ours beside each peer; the floor stands in the table above.
    private void PrintPeers(Scenario scenario)
    {
        foreach (var own in Present(scenario).Where(static one => Floors.IsOurs(one.Name)))
        {
            var lines = Present(scenario).Where(other => other != own)
                .Select(other => (other.Name, Ratio: Find(scenario.Name, own.Name, other.Name)))
                .Where(static one => one.Ratio is not null)
                .Select(static one => (one.Name, Ratio: one.Ratio!))
                .Select(one =>
                    $"{one.Name} {Text(one.Ratio.Throughput, one.Ratio.ThroughputMin, one.Ratio.ThroughputMax)}")
                .ToList();
            if (lines.Count > 0)
            {
                Console.WriteLine();
                Console.WriteLine($"{own.Name}, ops/s inside each round : {string.Join(", ", lines)}");
            }
        }
    }

    // What harm a scenario shows: the same contestant in the same round without it.
    private void PrintBeside(Scenario scenario)
    {
        if (Scenarios.BesideOf(scenario.Name) is not { } beside)
        {
            return;
        }

        foreach (var name in Present(scenario).Select(static one => one.Name))
        {
            var pairs = Good(scenario.Name, name).Join(
                Good(beside, name), static own => own.Round, static other => other.Round,
                static (own, other) => (Own: own, Other: other)).ToList();
            var rate = Spread.Of(pairs.Select(static pair => pair.Own.OpsPerSecond / pair.Other.OpsPerSecond));
            var memory = Spread.Of(pairs.Select(static pair =>
                ((pair.Own.ServerResidentBytes ?? 0) - (pair.Other.ServerResidentBytes ?? 0)) / (1024 * 1024)));
            if (pairs.Count > 0)
            {
                Console.WriteLine();
                Console.WriteLine($"{name}, against {beside} inside each round: ops/s {rate.Text(Hundredths)}, "
                    + $"memory of the server {memory.Text(Tenths)} MiB more");
            }

            PrintHeld(scenario, name);
        }
    }

    // The largest of all rounds: a bound is one that nothing exceeds. Cells that did are discarded, and counted here.
    private void PrintHeld(Scenario scenario, string name)
    {
        var cells = report.Cells.Where(cell => cell.Scenario == scenario.Name && cell.Contestant == name
            && cell is { ServerHeldBytes: not null, ServerMostHeldBytes: not null }).ToList();
        if (cells.MaxBy(static cell => cell.ServerHeldBytes) is { } worst)
        {
            var held = new HeldMemory((long)worst.ServerHeldBytes!, (long)worst.ServerMostHeldBytes!);
            Console.WriteLine(FormattableString.Invariant(
                $"{name}, {scenario.Name}: the broker holds {held}, {(held.IsWithin ? "inside" : "OVER")} its bound"));
        }
    }

    private ReportRatio? Find(string scenario, string contestant, string? baseline) => report.Ratios.FirstOrDefault(
        one => one.Scenario == scenario && one.Contestant == contestant && one.Baseline == baseline);

    // One round has no interval.
    private static string Text(double median, double min, double max) =>
        new Spread(median, min, max, min == max ? 1 : 2).Text(Hundredths);

    private List<Contestant> Present(Scenario scenario) => [.. plan.Contestants
        .Where(one => one.Scenarios.Any(own => own.Name == scenario.Name)).Select(static one => one.Contestant)];

    private List<ReportCell> Good(string scenario, string contestant) => [.. report.Cells.Where(cell =>
        cell.Discarded is null && cell.Scenario == scenario && cell.Contestant == contestant)];
}
