namespace NetCore.Bench;

/// <summary>What the run asks a client for.</summary>
internal sealed record CellRequest
{
    public required Scenario Scenario { get; init; }

    /// <summary>Where the server listens for it.</summary>
    public required Uri Address { get; init; }

    public required WarmUpPlan WarmUp { get; init; }

    /// <summary>How long it is measured.</summary>
    public required TimeSpan Measure { get; init; }

    /// <summary>Open loop: the peak in operations a second; 0 when the warm-up is to find it.</summary>
    public double Peak { get; init; }

    /// <summary>CPU time that the client burns for each answer, to be slow on purpose.</summary>
    public TimeSpan ClientWork { get; init; }
}
