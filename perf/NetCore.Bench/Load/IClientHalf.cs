namespace NetCore.Bench;

/// <summary>What the connections of an RPC contestant share in the client process; disposed after them.</summary>
internal interface IClientHalf : IAsyncDisposable
{
    /// <summary>System calls so far, where its engine counts them; null where not.</summary>
    long? SystemCalls => null;

    /// <summary>Requests to a ring so far, where there is one and they are counted; null where not.</summary>
    long? Requests => null;

    /// <summary>Makes one connection.</summary>
    Task<IRpcClient> ConnectAsync(Uri address);

    /// <summary>Most have nothing to give back.</summary>
    ValueTask IAsyncDisposable.DisposeAsync() => default;
}
