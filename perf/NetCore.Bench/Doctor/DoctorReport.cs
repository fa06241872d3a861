namespace NetCore.Bench.Doctor;

/// <summary>All that the doctor found; what <c>--json</c> prints.</summary>
internal sealed record DoctorReport
{
    public int Schema { get; init; } = 1;

    public required DateTimeOffset At { get; init; }

    public required IReadOnlyList<Section> Sections { get; init; }

    public required IReadOnlyList<EngineReport> Engines { get; init; }

    public required IReadOnlyList<Measurement> Measurements { get; init; }

    public required Choice Choice { get; init; }
}
