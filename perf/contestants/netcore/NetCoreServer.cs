using NetCore.Rpc;

namespace NetCore.Bench.Contenders;

/// <summary>The answering side of the netcore contestant.</summary>
internal sealed class NetCoreServer(RpcServer server) : IServerHalf
{
    public Uri Address { get; } = new(server.Address.ToString());

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
