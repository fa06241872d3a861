namespace NetCore.Transport;

/// <summary>How to connect. Validated when set.</summary>
public sealed record ConnectOptions
{
    /// <summary>Deadline for name resolution and connecting together. Default: 5 s; 1 ms to 5 min.</summary>
    public TimeSpan Timeout
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
