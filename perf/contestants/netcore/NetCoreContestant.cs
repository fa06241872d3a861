using NetCore.Rpc;

namespace NetCore.Bench.Contenders;

/// <summary>
/// Unary calls through the generated proxy; every option has its default, the deadline of 30 s included.
/// </summary>
internal sealed class NetCoreContestant(EngineSetup setup) : RpcContestant
{
    public override string Name => setup.Name("netcore");

    public override string Description =>
        $"NetCore.Rpc, unary calls through the generated proxy, {setup.Description}";

    public override bool IsQuick => setup.IsUsual;

    public override WaitMode Wait => setup.WaitMode;

    public override IReadOnlyDictionary<string, string> ServerEnvironment => setup.Environment;

    public override IReadOnlyDictionary<string, string> ClientEnvironment => setup.Environment;

    public override string? NoStreams => null;

    public override string? NoItems => null;

    public override string? WhyNot(Scenario scenario) => setup.Missing ?? base.WhyNot(scenario);

    public override async Task<IServerHalf> ListenAsync(Uri address, Service service)
    {
        var engine = setup.NewTransport();
        var options = new RpcServerOptions
        {
            World = engine.World, Transport = engine.Transport,
            Lane = setup.Lane == RpcLane.Inline ? RpcLane.Inline : null,
        };
        return new NetCoreServer(
            engine,
            await RpcServer.ListenAsync(address.Text, new PayloadEchoDispatcher(new PayloadEcho()), options));
    }

    public override IClientHalf NewClientHalf() => new NetCoreClientHalf(setup.NewTransport(), setup.Continuations);
}
