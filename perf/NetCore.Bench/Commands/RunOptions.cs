namespace NetCore.Bench;

/// <summary>What <c>run</c> was told.</summary>
internal sealed record RunOptions
{
    public bool Quick { get; init; }

    public int Rounds { get; init; } = 3;

    public TimeSpan Measure { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>Least warm-up of the first cell of a pair.</summary>
    public TimeSpan WarmUp { get; init; } = TimeSpan.FromSeconds(4);

    public int Retries { get; init; } = 1;

    public KeepAwake KeepAwake { get; init; }

    /// <summary>How many cores the runtime of each half believes to have, whatever it is pinned to.</summary>
    public int Processors { get; init; } = 1;

    public bool PoolSpin { get; init; }

    public bool TierDelay { get; init; }

    /// <summary>A cell whose contestant does not become steady is measured all the same, and labelled.</summary>
    public bool MeasureUnsteady { get; init; }

    public Cores? Pin { get; init; }

    public TimeSpan ClientWork { get; init; }

    public string? JsonFile { get; init; }

    public string? HtmlFile { get; init; }

    public IReadOnlyList<string> Scenarios { get; init; } = [];

    public IReadOnlyList<string> Contestants { get; init; } = [];

    /// <summary>As it was typed, for the report.</summary>
    public string Arguments { get; init; } = "";

    public static RunOptions Parse(string[] arguments)
    {
        var options = new RunOptions { Arguments = string.Join(' ', arguments) };
        if (arguments.Contains("--quick"))
        {
            // Before the others, which may change them.
            options = options with { Quick = true, Measure = TimeSpan.FromSeconds(0.5), Retries = 0 };
        }

        var line = new CommandLine(arguments);
        while (line.TryNext(out var name))
        {
            options = options.With(name, line);
        }

        return options;
    }

    private static KeepAwake Awake(string word) => word switch
    {
        "latency" => KeepAwake.Latency,
        "all" => KeepAwake.Always,
        "none" => KeepAwake.Never,
        _ => KeepAwake.Auto,
    };

    private RunOptions With(string name, CommandLine line) => name switch
    {
        "--quick" => this,
        "--scenario" => this with { Scenarios = [.. Scenarios, line.Text(name)] },
        "--contestant" => this with { Contestants = [.. Contestants, line.Text(name)] },
        "--rounds" => this with { Rounds = line.Whole(name, 1, 1000) },
        "--seconds" => this with { Measure = line.Seconds(name) },
        "--warmup" => this with { WarmUp = line.Seconds(name) },
        "--retries" => this with { Retries = line.Whole(name, 0, 100) },
        "--processors" => this with { Processors = line.Whole(name, 1, 1024) },
        "--pin" => this with { Pin = Cores.Parse(line.Text(name)) },
        "--pool-spin" => this with { PoolSpin = line.OneOf(name, "default", "off") == "default" },
        "--tier-delay" => this with { TierDelay = line.OneOf(name, "default", "off") == "default" },
        "--unsteady" => this with { MeasureUnsteady = line.OneOf(name, "label", "drop") == "label" },
        "--no-halt" => this with { KeepAwake = KeepAwake.Always },
        "--halt" => this with { KeepAwake = KeepAwake.Never },
        "--awake" => this with { KeepAwake = Awake(line.OneOf(name, "auto", "latency", "all", "none")) },
        "--client-work" => this with { ClientWork = TimeSpan.FromMicroseconds(line.Whole(name, 0, 1_000_000)) },
        "--json" => this with { JsonFile = line.Output(name) },
        "--html" => this with { HtmlFile = line.Output(name) },
        _ => throw CommandLine.Unknown(name),
    };
}
