namespace NetCore.Transport;

/// <summary>How an <see cref="AppReactor"/> works.</summary>
public sealed record AppReactorOptions
{
    /// <summary>
    /// What it waits with: <see cref="TransportEngine.Epoll"/> or <see cref="TransportEngine.Uring"/>. Default:
    /// <see cref="TransportEngine.Auto"/>, which is epoll. The environment does not choose; what it forbids of a
    /// ring (<c>NETCORE_URING_DISABLE</c>) holds here too.
    /// </summary>
    public TransportEngine Engine
    {
        get;
        init => field = Enum.IsDefined(value) && value != TransportEngine.Sockets
            ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A reactor has no such engine.");
    }

    /// <summary>What it does while nothing is ready and it may wait. Default: it sleeps.</summary>
    public WaitPolicy Wait { get; init; } = WaitPolicy.Blocking;

    /// <summary>How its sockets are treated.</summary>
    public SocketTransportOptions Sockets { get; init; } = new();
}
