using NetCore.Transport;

namespace NetCore.Bench.Contenders;

/// <summary>A plain byte echo on NetCore's transport: what calls of NetCore have below them.</summary>
internal sealed class NetCoreEchoContestant(EngineSetup setup) : EchoContestant
{
    public override string Name => setup.Name("netcore-echo");

    public override string Description => $"NetCore.Transport, {setup.Description}";

    public override bool IsQuick => setup.IsUsual
        || setup == EngineSetup.Usual with { Wait = WaitPolicy.BusyPoll };

    public override WaitMode Wait => setup.WaitMode;

    public override string? WhyNot(Scenario scenario) => setup.Missing ?? base.WhyNot(scenario);

    public override async Task<IServerHalf> ListenAsync(Uri address, Service service)
    {
        var engine = setup.NewTransport();
        var listener = await engine.Transport.ListenAsync(
            address.Text, service == Service.Sink ? StartSink : StartEcho);
        return new NetCoreEchoServer(engine, listener);
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
