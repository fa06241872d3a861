using System.Text.Json.Serialization;

namespace NetCore.Bench;

/// <summary>One contestant with one number of calls under way in one round.</summary>
internal sealed record Cell
{
    public required int Round { get; init; }

    public required string Contestant { get; init; }

    public required int Outstanding { get; init; }

    /// <summary>Why there are no figures; null when there are.</summary>
    public string? Error { get; init; }

    public WarmUpResult? WarmUp { get; init; }

    public LoadResult? Load { get; init; }

    /// <summary>What the server used for the measured calls.</summary>
    public ProcessUsage? Server { get; init; }

    public Disturbance? Disturbance { get; init; }

    /// <summary>Reasons of the attempts before this one, which were dropped.</summary>
    public IReadOnlyList<string> Dropped { get; init; } = [];

    [JsonIgnore]
    public bool Failed => Load is null;

    public double CallsPerSecond => Per(Load?.Seconds, Load?.Calls);

    public double ClientBytesPerCall => Per(Load?.Calls, Load?.Usage.AllocatedBytes);

    public double ServerBytesPerCall => Per(Load?.Calls, Server?.AllocatedBytes);

    public double ClientCpuPerCall => Per(Load?.Calls, Load?.Usage.CpuMicroseconds);

    public double ServerCpuPerCall => Per(Load?.Calls, Server?.CpuMicroseconds);

    private static double Per(double? divisor, double? value) => divisor > 0 && value is { } v ? v / divisor.Value : 0;
}
