namespace NetCore.Transport;

/// <summary>How to connect.</summary>
public sealed record ConnectOptions
{
    /// <summary>Deadline for name resolution and connecting together. Default: 5 s; 1 ms to 5 min.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);
}
