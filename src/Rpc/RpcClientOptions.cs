namespace NetCore.Rpc;

/// <summary>How a client calls.</summary>
public sealed record RpcClientOptions
{
    /// <summary>Deadline of calls that name none. Default: 30 s.</summary>
    public TimeSpan DefaultTimeout { get; init; } = TimeSpan.FromMilliseconds(RpcLimits.DefaultTimeoutMilliseconds);
}
