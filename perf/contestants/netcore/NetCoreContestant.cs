using NetCore.Rpc;

namespace NetCore.Bench.Contenders;

/// <summary>
/// Unary calls through the generated proxy; every option has its default, the deadline of 30 s included.
/// </summary>
internal sealed class NetCoreContestant : IContestant
{
    public string Name => "netcore";

    public string Description => "NetCore.Rpc unary calls through the generated proxy, one connection";

    public async Task<IEchoServer> ListenAsync(Uri address) =>
        new NetCoreServer(await RpcServer.ListenAsync(TextOf(address), new PayloadEchoDispatcher(new PayloadEcho())));

    public async Task<IEchoClient> ConnectAsync(Uri address) =>
        new NetCoreClient(await RpcClient.ConnectAsync(TextOf(address)));

    // Not ToString of the Uri, which adds a slash.
    private static string TextOf(Uri address) => $"tcp://{address.Authority}";
}
