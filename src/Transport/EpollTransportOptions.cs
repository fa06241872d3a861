namespace NetCore.Transport;

/// <summary>How <see cref="EpollTransport"/> works. Validated when set.</summary>
public sealed record EpollTransportOptions
{
    /// <summary>Most reactors of one transport: more threads than this find no core on today's machines.</summary>
    public const int MaxReactors = 256;

    /// <summary>How its sockets are treated.</summary>
    public SocketTransportOptions Sockets { get; init; } = new();

    /// <summary>
    /// Threads, each with its own connections. Default: 0, which means one for each processor but one, at most 8
    /// and at least 1; 0 to <see cref="MaxReactors"/>.
    /// </summary>
    public int Reactors
    {
        get;
        init => field = CheckedReactors(value);
    }

    /// <summary>What a reactor does while nothing is ready. Default: it sleeps.</summary>
    public WaitPolicy Wait { get; init; } = WaitPolicy.Blocking;

    internal static int CheckedReactors(int value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, MaxReactors);
        return value;
    }
}
