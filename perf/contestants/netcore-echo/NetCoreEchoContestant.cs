using NetCore.Transport;

namespace NetCore.Bench.Contenders;

/// <summary>A plain byte echo on NetCore's transport: what calls of NetCore have below them.</summary>
internal sealed class NetCoreEchoContestant(Engine engine) : EchoContestant
{
    public override string Name => Engines.Name("netcore-echo", engine);

    public override string Description => 
        $"NetCore.Transport, engine {engine.ToString().ToLowerInvariant()}, default options";

    public override bool IsQuick => engine == Engine.Sockets;

    public override string? WhyNot(Scenario scenario) => Engines.Missing(engine) ?? base.WhyNot(scenario);

    public override async Task<IServerHalf> ListenAsync(Uri address, Service service)
    {
        var transport = Engines.Create(engine);
        return new NetCoreEchoServer(await transport.ListenAsync(
            address.Text, service == Service.Sink ? StartSink : StartEcho));
    }

    private static void StartEcho(Connection connection)
    {
        var relay = new EchoRelay(connection);
        connection.Start(relay, relay);
    }

    private static void StartSink(Connection connection)
    {
        var sink = new ByteSink(connection);
        connection.Start(sink, sink);
    }
}
