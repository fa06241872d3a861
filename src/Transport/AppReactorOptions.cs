namespace NetCore.Transport;

/// <summary>How an <see cref="AppReactor"/> works.</summary>
public sealed record AppReactorOptions
{
    /// <summary>What it does while nothing is ready and it may wait. Default: it sleeps.</summary>
    public WaitPolicy Wait { get; init; } = WaitPolicy.Blocking;

    /// <summary>How its sockets are treated.</summary>
    public SocketTransportOptions Sockets { get; init; } = new();
}
