namespace NetCore.Bench;

/// <summary>What the connections of an RPC contestant share in the client process; disposed after them.</summary>
internal interface IClientHalf : IAsyncDisposable
{
    /// <summary>Makes one connection.</summary>
    Task<IRpcClient> ConnectAsync(Uri address);

    /// <summary>Most have nothing to give back.</summary>
    ValueTask IAsyncDisposable.DisposeAsync() => default;
}
