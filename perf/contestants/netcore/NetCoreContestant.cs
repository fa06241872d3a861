using NetCore.Rpc;

namespace NetCore.Bench.Contenders;

/// <summary>
/// Unary calls through the generated proxy; every option has its default, the deadline of 30 s included.
/// </summary>
internal sealed class NetCoreContestant : RpcContestant
{
    public override string Name => "netcore";

    public override string Description => "NetCore.Rpc, unary calls through the generated proxy, engine sockets";

    public override bool IsQuick => true;

    public override string? NoStreams => "not yet: calls of NetCore.Rpc have no streams so far";

    public override async Task<IServerHalf> ListenAsync(Uri address, Service service) => new NetCoreServer(
        await RpcServer.ListenAsync(address.Text, new PayloadEchoDispatcher(new PayloadEcho())));

    public override async Task<IRpcClient> ConnectAsync(Uri address) =>
        new NetCoreClient(await RpcClient.ConnectAsync(address.Text));
}
