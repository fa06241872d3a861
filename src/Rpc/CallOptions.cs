namespace NetCore.Rpc;

/// <summary>How one call, or all calls of one client proxy, are made.</summary>
public readonly record struct CallOptions
{
    private readonly TimeSpan _timeout;

    /// <summary>
    /// Time from now to the call's deadline, which travels to the server. Default (<see cref="TimeSpan.Zero"/>): the
    /// client's <see cref="RpcClientOptions.DefaultTimeout"/>. Otherwise 1 ms to <see cref="RpcLimits.MaxTimeout"/>.
    /// </summary>
    public TimeSpan Timeout
    {
        get => _timeout;
        init
        {
            if (value != TimeSpan.Zero)
            {
                ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.FromMilliseconds(1));
                ArgumentOutOfRangeException.ThrowIfGreaterThan(value, RpcLimits.MaxTimeout);
            }

            _timeout = value;
        }
    }
}
