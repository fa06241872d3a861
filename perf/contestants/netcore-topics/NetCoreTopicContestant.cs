using NetCore.PubSub;

namespace NetCore.Bench.Contenders;

/// <summary>NetCore.PubSub: bytes, inline handlers, every option as by default.</summary>
internal sealed class NetCoreTopicContestant(EngineSetup setup) : TopicContestant
{
    public override string Name => setup.Name("netcore-topics");

    public override string Description => $"NetCore.PubSub, bytes and handlers on the receiving thread, "
        + setup.Description;

    public override string? WhyNot(Scenario scenario) => setup.Missing ?? base.WhyNot(scenario);

    public override async Task<IServerHalf> ListenAsync(Uri address, Service service)
    {
        var engine = setup.NewTransport();
        var broker = new Broker(new BrokerOptions { World = engine.World, Transport = engine.Transport });
        return new NetCoreBroker(engine, broker, await broker.ListenAsync(address.Text));
    }

    public override ITopicHalf NewTopicHalf() => new NetCoreTopicHalf(setup);
}
