namespace NetCore.Transport;

/// <summary>How to listen. Validated when set.</summary>
public sealed record ListenOptions
{
    /// <summary>
    /// Connections that the kernel may complete before they are accepted. Default: 512; 1 to 65,535. The kernel caps
    /// it at <c>net.core.somaxconn</c>.
    /// </summary>
    public int Backlog
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 65535);
            field = value;
        }
    } = 512;

    /// <summary>Deadline for resolving the name to listen on. Default: 5 s; 1 ms to 5 min.</summary>
    public TimeSpan ResolveTimeout
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.FromMilliseconds(1));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, TimeSpan.FromMinutes(5));
            field = value;
        }
    } = TimeSpan.FromSeconds(5);
}
