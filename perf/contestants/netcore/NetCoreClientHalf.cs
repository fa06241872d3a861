using NetCore.Rpc;

namespace NetCore.Bench.Contenders;

/// <summary>The calling side of the netcore contestants; its connections share one engine.</summary>
internal sealed class NetCoreClientHalf(EngineTransport engine, RpcContinuations continuations) : IClientHalf
{
    private readonly RpcClientOptions _options = new()
    {
        World = engine.World, Transport = engine.Transport, Continuations = continuations,
    };

    public async Task<IRpcClient> ConnectAsync(Uri address) =>
        new NetCoreClient(await RpcClient.ConnectAsync(address.Text, _options));

    public long? SystemCalls => engine.SystemCalls;

    public long? Requests => engine.Requests;

    public ValueTask DisposeAsync() => engine.DisposeAsync();
}
