namespace NetCore.Bench;

/// <summary>What <c>run</c> was told.</summary>
internal sealed record RunOptions
{
    public int Rounds { get; init; } = 3;

    public TimeSpan Measure { get; init; } = TimeSpan.FromSeconds(4);

    public TimeSpan WarmUp { get; init; } = TimeSpan.FromSeconds(4);

    public int Retries { get; init; } = 1;

    public bool NoHalt { get; init; }

    /// <summary>How many cores the runtime of each half believes to have, whatever it is pinned to.</summary>
    public int Processors { get; init; } = 1;

    public string? JsonFile { get; init; }

    public IReadOnlyList<IContestant> Contestants { get; init; } = [];

    public static RunOptions Parse(string[] arguments)
    {
        var options = new RunOptions();
        var names = new List<IContestant>();
        var line = new CommandLine(arguments);
        while (line.TryNext(out var name))
        {
            options = name switch
            {
                "--rounds" => options with { Rounds = line.Whole(name, 1, 1000) },
                "--seconds" => options with { Measure = line.Seconds(name) },
                "--warmup" => options with { WarmUp = line.Seconds(name) },
                "--retries" => options with { Retries = line.Whole(name, 0, 100) },
                "--processors" => options with { Processors = line.Whole(name, 1, 1024) },
                "--no-halt" => options with { NoHalt = true },
                "--json" => options with { JsonFile = Path.GetFullPath(line.Text(name)) },
                "--contestant" => Add(options, names, line.Text(name)),
                _ => throw CommandLine.Unknown(name),
            };
        }

        return options with
        {
            Contestants = [.. Bench.Contestants.All.Where(one => names.Count == 0 || names.Contains(one))],
        };
    }

    private static RunOptions Add(RunOptions options, List<IContestant> names, string name)
    {
        names.Add(Bench.Contestants.Get(name));
        return options;
    }
}
