namespace NetCore.Bench.Doctor;

/// <summary>What a choice is made from.</summary>
internal sealed record Evidence
{
    public required CorePair Cores { get; init; }

    public required int AllowedCores { get; init; }

    /// <summary>Positive infinity without a limit.</summary>
    public double Quota { get; init; } = double.PositiveInfinity;

    public required EngineReport Uring { get; init; }

    public required EngineReport Epoll { get; init; }

    /// <summary>Nanoseconds of server time for a request of sixteen; null when not measured.</summary>
    public double? UringCost { get; init; }

    public double? EpollCost { get; init; }

    /// <summary>Nanoseconds of a request on NetCore's own engines; null when not measured.</summary>
    public double? OurUring { get; init; }

    public double? OurEpoll { get; init; }

    /// <summary>Why NetCore's own engine was not measured; null when it was.</summary>
    public string? NoUring { get; init; }

    public string? NoEpoll { get; init; }

    /// <summary>What <c>NETCORE_URING_DISABLE</c> forbids; null when that is nothing.</summary>
    public string? Forbidden { get; init; }

    public double? WakeHalted { get; init; }

    public double? WakeAwake { get; init; }

    public double? BlockingRoundTrip { get; init; }

    public double? PollingRoundTrip { get; init; }

    public double? SystemCall { get; init; }

    public string? ClockSource { get; init; }

    /// <summary>What others did meanwhile; null when that is unknown.</summary>
    public Disturbance? Disturbance { get; init; }

    public string? Governor { get; init; }
}
