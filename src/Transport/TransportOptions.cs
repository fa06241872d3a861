namespace NetCore.Transport;

/// <summary>Which engine a transport is made of, and how it works. Validated when set.</summary>
public sealed record TransportOptions
{
    /// <summary>
    /// The engine. Default: that of the profile which the environment variable <c>NETCORE_TRANSPORT_PROFILE</c> names,
    /// if it can run, else chosen by a self-test of the kernel. The environment variable <c>NETCORE_TRANSPORT</c>
    /// (<c>auto</c>, <c>sockets</c>, <c>epoll</c>, <c>uring</c>) overrides it.
    /// </summary>
    public TransportEngine Engine
    {
        get;
        init => field = Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(nameof(value));
    }

    /// <summary>How its sockets are treated, whatever the engine.</summary>
    public SocketTransportOptions Sockets { get; init; } = new();

    /// <summary>
    /// Threads of the engines with reactors, epoll and uring; see <see cref="EpollTransportOptions.Reactors"/>. No
    /// meaning for sockets.
    /// </summary>
    public int Reactors
    {
        get;
        init => field = EpollTransportOptions.CheckedReactors(value);
    }

    /// <summary>
    /// What a reactor does while nothing is ready. Default: it sleeps. No meaning for sockets.
    /// </summary>
    public WaitPolicy Wait { get; init; } = WaitPolicy.Blocking;
}
