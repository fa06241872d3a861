using NetCore.Rpc.Internal;

namespace NetCore.Rpc;

/// <summary>How one call, or all calls of one client proxy, are made.</summary>
public readonly record struct CallOptions
{
    private readonly TimeSpan _timeout;

    /// <summary>
    /// Time from now to the call's deadline, which travels to the server: 1 ms to <see cref="RpcLimits.MaxTimeout"/>.
    /// Default, when it is not set: the client's <see cref="RpcClientOptions.DefaultTimeout"/>; it reads as
    /// <see cref="TimeSpan.Zero"/> then.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// Zero, negative, infinite or too long: there is no call without a deadline.
    /// </exception>
    public TimeSpan Timeout
    {
        get => _timeout;
        init => _timeout = CallTimeout.Checked(value, "CallOptions.Timeout");
    }
}
