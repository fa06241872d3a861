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
}
