namespace NetCore.Transport;

/// <summary>How <see cref="SocketTransport"/> treats its sockets. Validated when set.</summary>
public sealed record SocketTransportOptions
{
    private static readonly TimeSpan OneHour = TimeSpan.FromHours(1);

    /// <summary>
    /// Whether small TCP segments go out at once (TCP_NODELAY). Default: true, because sends are gathered here.
    /// </summary>
    public bool NoDelay { get; init; } = true;

    /// <summary>
    /// How long sent TCP bytes may stay unacknowledged, or the peer may have no room for more, before the connection
    /// ends with <see cref="TransportError.PeerTimeout"/> (TCP_USER_TIMEOUT, Linux): so does one to a peer that reads
    /// nothing for so long, a process that was stopped among them. Default: 30 s; 1 s to 1 h.
    /// </summary>
    public TimeSpan UserTimeout { get; init => field = Check(value); } = TimeSpan.FromSeconds(30);

    /// <summary>Quiet time before the first TCP keep-alive probe. Default: 30 s; 1 s to 1 h, whole seconds.</summary>
    public TimeSpan KeepAliveTime { get; init => field = Check(value); } = TimeSpan.FromSeconds(30);

    /// <summary>Time between probes. Default: 10 s; 1 s to 1 h, whole seconds.</summary>
    public TimeSpan KeepAliveInterval { get; init => field = Check(value); } = TimeSpan.FromSeconds(10);

    /// <summary>Unanswered probes before the connection is given up. Default: 3; 1 to 100.</summary>
    public int KeepAliveProbes
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 100);
            field = value;
        }
    } = 3;

    /// <summary>
    /// Whether a connection keeps its 32 KiB receive block while it waits. Default: false, and an idle connection
    /// holds no memory; true saves a rent and a return for each wake-up.
    /// </summary>
    public bool KeepReceiveBuffer { get; init; }

    /// <summary>
    /// Permissions of a listener's Unix socket file. Default: owner may read and write (0600). They are set before
    /// the socket listens, so that nobody connects under wider ones.
    /// </summary>
    public UnixFileMode UnixFileMode { get; init; } = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static TimeSpan Check(TimeSpan value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.FromSeconds(1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, OneHour);
        return value;
    }
}
