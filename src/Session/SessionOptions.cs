using NetCore.Framing;

namespace NetCore.Session;

/// <summary>How a session behaves and what it lets its peer do.</summary>
public sealed record SessionOptions
{
    /// <summary>The defaults.</summary>
    public static SessionOptions Default { get; } = new();

    /// <summary>Largest message to receive, in bytes. Default: 4 MiB; 16 KiB to 64 MiB.</summary>
    public int MaxMessageBytes
    {
        get;
        init => field = InRange(value, FramingLimits.MaxPayloadBytes, SessionLimits.MaxMessageBytes);
    } = SessionLimits.DefaultMaxMessageBytes;

    /// <summary>
    /// Bytes that the peer may send on one stream ahead of what was taken. Default: 256 KiB; 64 KiB to 16 MiB.
    /// </summary>
    public int StreamWindowBytes
    {
        get;
        init => field = InRange(value, SessionLimits.MinWindowBytes, SessionLimits.MaxWindowBytes);
    } = SessionLimits.DefaultStreamWindowBytes;

    /// <summary>The same for all streams together. Default: 1 MiB; 64 KiB to 16 MiB.</summary>
    public int ConnectionWindowBytes
    {
        get;
        init => field = InRange(value, SessionLimits.MinWindowBytes, SessionLimits.MaxWindowBytes);
    } = SessionLimits.DefaultConnectionWindowBytes;

    /// <summary>Streams that the peer may have open at once. Default: 1,024; 1 to 65,536.</summary>
    public int MaxStreams
    {
        get;
        init => field = InRange(value, 1, SessionLimits.MaxStreams);
    } = SessionLimits.DefaultMaxStreams;

    /// <summary>Time from start to the peer's hello. Default: 5 s; 1 ms to 1 min.</summary>
    public TimeSpan HandshakeTimeout
    {
        get;
        init => field = InRange(value, 1, 60_000);
    } = TimeSpan.FromMilliseconds(SessionLimits.HandshakeTimeoutMilliseconds);

    /// <summary>Silence after which a ping is sent. Default: 5 s; 100 ms to 10 min.</summary>
    public TimeSpan PingAfter
    {
        get;
        init => field = InRange(value, 100, 600_000);
    } = TimeSpan.FromMilliseconds(SessionLimits.DefaultPingAfterMilliseconds);

    /// <summary>Time for the answer to a ping before the peer counts as dead. Default: 5 s; 100 ms to 10 min.</summary>
    public TimeSpan PingTimeout
    {
        get;
        init => field = InRange(value, 100, 600_000);
    } = TimeSpan.FromMilliseconds(SessionLimits.DefaultPingTimeoutMilliseconds);

    /// <summary>
    /// Time without any stream after which the accepting side closes. Default: 5 min; 1 s to 24 h. The connecting side
    /// leaves that decision to its peer.
    /// </summary>
    public TimeSpan IdleTimeout
    {
        get;
        init => field = InRange(value, 1000, 24 * 60 * 60 * 1000);
    } = TimeSpan.FromMilliseconds(SessionLimits.DefaultIdleTimeoutMilliseconds);

    /// <summary>
    /// Whether frames carry a CRC32C. Default: false; TCP's own checksum and TLS are enough for most.
    /// </summary>
    public bool Checksum { get; init; }

    /// <summary>
    /// Whether payloads above 1 KiB are LZ4-compressed where that makes them smaller. Default: false.
    /// </summary>
    public bool Compress { get; init; }

    private static int InRange(int value, int min, int max)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, min);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, max);
        return value;
    }

    private static TimeSpan InRange(TimeSpan value, int minMilliseconds, int maxMilliseconds)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.FromMilliseconds(minMilliseconds));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, TimeSpan.FromMilliseconds(maxMilliseconds));
        return value;
    }
}
