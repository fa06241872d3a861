namespace NetCore.Transport;

/// <summary>How to listen.</summary>
public sealed record ListenOptions
{
    /// <summary>Connections that the kernel may complete before they are accepted. Default: 512; 1 to 65,535.</summary>
    public int Backlog { get; init; } = 512;
}
