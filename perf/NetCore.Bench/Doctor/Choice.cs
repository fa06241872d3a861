namespace NetCore.Bench.Doctor;

/// <summary>What to run with on this machine, and why.</summary>
internal sealed record Choice
{
    /// <summary>The engine of NetCore to use: the best of those it has and that work here.</summary>
    public required string Engine { get; init; }

    /// <summary>The way of the kernel that measured best here, whether NetCore has an engine for it or not.</summary>
    public required string MeasuredEngine { get; init; }

    /// <summary><c>block</c> or <c>spin</c>.</summary>
    public required string Wait { get; init; }

    public required int ServerCore { get; init; }

    public required int ClientCore { get; init; }

    /// <summary>One sentence for each of the above.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }

    /// <summary>What would make this machine better to measure on, or faster.</summary>
    public required IReadOnlyList<string> Hints { get; init; }

    /// <summary>What else the machine did while this was measured; null when it was quiet, or nobody knows.</summary>
    public string? Disturbed { get; init; }
}
