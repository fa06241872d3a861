namespace NetCore.Bench;

/// <summary>The tables at the end, in Markdown: figures of each contestant, then ratios inside each round.</summary>
internal sealed class Report(IReadOnlyList<Cell> cells, IReadOnlyList<IContestant> contestants)
{
    private const string Whole = "N0";
    private const string Tenths = "N1";
    private const string Ratio = "0.00";

    public void Print(IReadOnlyList<int> outstandings)
    {
        foreach (var outstanding in outstandings)
        {
            Console.WriteLine();
            Console.WriteLine($"### {outstanding} outstanding: median [min..max] over the rounds");
            Console.WriteLine();
            PrintFigures(outstanding);
            Console.WriteLine();
            PrintRatios(outstanding);
        }

        PrintNotes();
    }

    private void PrintFigures(int outstanding)
    {
        Console.WriteLine("| contestant | n | calls/s | p50 us | p99 us | p99.9 us | max us "
            + "| B/call client | B/call server | CPU us/call client | CPU us/call server |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (var contestant in contestants)
        {
            var good = Good(contestant.Name, outstanding);
            string Of(Func<Cell, double> figure, string format) => Spread.Of(good.Select(figure)).Text(format);
            Console.WriteLine($"| {contestant.Name} | {good.Count} "
                + $"| {Of(c => c.CallsPerSecond, Whole)} "
                + $"| {Of(c => c.Load!.P50, Tenths)} | {Of(c => c.Load!.P99, Tenths)} "
                + $"| {Of(c => c.Load!.P999, Tenths)} | {Of(c => c.Load!.Max, Whole)} "
                + $"| {Of(c => c.ClientBytesPerCall, Tenths)} | {Of(c => c.ServerBytesPerCall, Tenths)} "
                + $"| {Of(c => c.ClientCpuPerCall, Tenths)} | {Of(c => c.ServerCpuPerCall, Tenths)} |");
        }
    }

    private void PrintRatios(int outstanding)
    {
        var baseline = Good(Contestants.Baseline, outstanding).ToDictionary(cell => cell.Round);
        if (baseline.Count == 0)
        {
            Console.WriteLine($"No ratios: {Contestants.Baseline} has no figures here.");
            return;
        }

        Console.WriteLine(
            $"Ratios to {Contestants.Baseline} inside each round; a range that contains 1.00 is no difference.");
        Console.WriteLine();
        Console.WriteLine("| contestant | n | calls/s | p50 | p99 | CPU client | CPU server |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        foreach (var contestant in contestants.Where(one => one.Name != Contestants.Baseline))
        {
            var pairs = Good(contestant.Name, outstanding).Where(cell => baseline.ContainsKey(cell.Round)).ToList();
            string Of(Func<Cell, double> figure) => Spread
                .Of(pairs.Select(cell => figure(cell) / figure(baseline[cell.Round])).Where(double.IsFinite))
                .Text(Ratio);
            Console.WriteLine($"| {contestant.Name} | {pairs.Count} | {Of(c => c.CallsPerSecond)} "
                + $"| {Of(c => c.Load!.P50)} | {Of(c => c.Load!.P99)} "
                + $"| {Of(c => c.ClientCpuPerCall)} | {Of(c => c.ServerCpuPerCall)} |");
        }
    }

    private void PrintNotes()
    {
        var notes = cells.SelectMany(cell => NotesOf(cell).Select(note =>
            $"round {cell.Round}, {cell.Contestant} x {cell.Outstanding}: {note}")).ToList();
        if (notes.Count > 0)
        {
            Console.WriteLine();
            Console.WriteLine("Notes:");
            notes.ForEach(note => Console.WriteLine($"- {note}"));
        }
    }

    private static IEnumerable<string> NotesOf(Cell cell)
    {
        if (cell.Error is { } error)
        {
            yield return $"FAILED: {error}";
        }

        if (cell.WarmUp is { Steady: false })
        {
            yield return "measured although the rate was not steady after the warm-up";
        }

        foreach (var reason in cell.Dropped)
        {
            yield return $"an attempt was dropped: {reason}";
        }

        if (cell.Disturbance?.Reason is { } disturbed)
        {
            yield return $"disturbed, and kept: {disturbed}";
        }
    }

    private List<Cell> Good(string contestant, int outstanding) => [.. cells.Where(cell =>
        !cell.Failed && cell.Contestant == contestant && cell.Outstanding == outstanding)];
}
