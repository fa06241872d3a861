namespace NetCore.Bench.Contenders;

/// <summary>A byte forwarder on raw system calls: publisher, forwarder, subscribers.</summary>
internal sealed class ForwardContestant : TopicContestant
{
    public override string Name => Floors.TwoHops;

    public override string Description => "raw system calls from C#: a publisher's bytes, passed on to all subscribers";

    public override string? WhyNot(Scenario scenario) => scenario switch
    {
        _ when !OperatingSystem.IsLinux() => "its system calls are those of Linux",
        { Bystander: Bystander.Stalls } => "it waits for every subscriber",
        _ => base.WhyNot(scenario),
    };

    public override Task<IServerHalf> ListenAsync(Uri address, Service service) =>
        Task.FromResult<IServerHalf>(new ForwardServer(address));

    public override ITopicHalf NewTopicHalf() => new RawTopicHalf(static () => new ForwardWire());
}
