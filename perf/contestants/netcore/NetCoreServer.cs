using NetCore.Rpc;

namespace NetCore.Bench.Contenders;

/// <summary>The answering side of the netcore contestants.</summary>
internal sealed class NetCoreServer(EngineTransport engine, RpcServer server) : IServerHalf
{
    public Uri Address { get; } = new(server.Address.ToString());

    public long? SystemCalls => engine.SystemCalls;

    public long? Requests => engine.Requests;

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        await engine.DisposeAsync();
    }
}
