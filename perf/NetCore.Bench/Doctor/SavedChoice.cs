namespace NetCore.Bench.Doctor;

/// <summary>The file of <c>--save</c>: the choice, and where and when it was measured.</summary>
internal sealed record SavedChoice
{
    public int Schema { get; init; } = 1;

    public required DateTimeOffset At { get; init; }

    public required string? Kernel { get; init; }

    public required string? Cpu { get; init; }

    public required int Cores { get; init; }

    public required Choice Choice { get; init; }

    public static SavedChoice Of(DoctorReport report) => new()
    {
        At = report.At,
        Kernel = Value(report, "kernel"),
        Cpu = Value(report, "model"),
        Cores = Environment.ProcessorCount,
        Choice = report.Choice,
    };

    /// <summary>What to tell who has saved it.</summary>
    public string Told(string file) => $"the choice is in {file}" + (Choice.Disturbed is { } reason
        ? $"; WARNING: the machine was not quiet ({reason}): save it again on a quiet one" : "");

    private static string? Value(DoctorReport report, string name) =>
        report.Sections.SelectMany(static section => section.Facts).FirstOrDefault(fact => fact.Name == name)?.Value;
}
