namespace NetCore.Transport;

/// <summary>How <see cref="UringTransport"/> works. Validated when set.</summary>
public sealed record UringTransportOptions
{
    /// <summary>How its sockets are treated.</summary>
    public SocketTransportOptions Sockets { get; init; } = new();

    /// <summary>
    /// Threads, each with its own ring and connections. Default: 0, which means one for each processor but one, at
    /// most 8 and at least 1; 0 to <see cref="EpollTransportOptions.MaxReactors"/>.
    /// </summary>
    public int Reactors
    {
        get;
        init => field = EpollTransportOptions.CheckedReactors(value);
    }

    /// <summary>
    /// Whether one request of a TCP connection receives again and again, which saves a request for each message where
    /// small ones come; who sends more than 4 KiB at once is received from as without. Where the kernel cannot do that
    /// each receive is a request, and <see cref="ITransport.BackendReason"/> says why. Default: true.
    /// </summary>
    public bool MultishotReceive { get; init; } = true;

    /// <summary>What a reactor does while nothing is ready. Default: it sleeps.</summary>
    public WaitPolicy Wait { get; init; } = WaitPolicy.Blocking;
}
