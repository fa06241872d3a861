using NetCore.Rpc;

namespace NetCore.Bench.Contenders;

/// <summary>
/// Unary calls through the generated proxy; every option has its default, the deadline of 30 s included.
/// </summary>
internal sealed class NetCoreContestant(Engine engine) : RpcContestant
{
    public override string Name => Engines.Name("netcore", engine);

    public override string Description => 
        $"NetCore.Rpc, unary calls through the generated proxy, engine {engine.ToString().ToLowerInvariant()}";

    public override bool IsQuick => engine == Engine.Sockets;

    public override string? WhyNot(Scenario scenario) => Engines.Missing(engine) ?? base.WhyNot(scenario);

    public override string? NoStreams => "not yet: calls of NetCore.Rpc have no streams so far";

    public override async Task<IServerHalf> ListenAsync(Uri address, Service service) => new NetCoreServer(
        await RpcServer.ListenAsync(
            address.Text,
            new PayloadEchoDispatcher(new PayloadEcho()),
            new RpcServerOptions { Transport = Engines.Create(engine) }));

    public override async Task<IRpcClient> ConnectAsync(Uri address) =>
        new NetCoreClient(await RpcClient.ConnectAsync(
            address.Text, new RpcClientOptions { Transport = Engines.Create(engine) }));
}
