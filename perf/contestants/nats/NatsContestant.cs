namespace NetCore.Bench.Contenders;

/// <summary>nats-server with a client on raw system calls, so that the server is what is measured.</summary>
internal sealed class NatsContestant : TopicContestant
{
    private const string Program = "nats-server";

    public override string Name => "nats";

    public override string Description => "Debian's nats-server, a client on raw system calls";

    public override string? WhyNot(Scenario scenario) => scenario switch
    {
        _ when !OperatingSystem.IsLinux() => "its client's system calls are those of Linux",
        { IsTopics: true, Unix: true } => "nats-server has no Unix domain sockets",
        { IsTopics: true } when ServerProgram.Missing(Program, "nats-server") is { } missing => missing,
        _ => base.WhyNot(scenario),
    };

    public override async Task<IServerHalf> ListenAsync(Uri address, Service service) =>
        await ServerProgram.StartAsync(Program, address, static (_, port) => ["-a", "127.0.0.1", "-p", $"{port}"]);

    public override ITopicHalf NewTopicHalf() => new RawTopicHalf(static () => new NatsWire());
}
