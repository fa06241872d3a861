namespace NetCore.Bench.Contenders;

/// <summary>redis-server with StackExchange.Redis.</summary>
internal sealed class RedisContestant : TopicContestant
{
    private const string Program = "redis-server";

    public override string Name => "redis";

    public override string Description => "Debian's redis-server, StackExchange.Redis";

    public override string? WhyNot(Scenario scenario) => scenario switch
    {
        { IsTopics: true } when ServerProgram.Missing(Program, "redis-server") is { } missing => missing,
        { Bystander: Bystander.Stalls } => "its client cannot be kept from reading",
        _ => base.WhyNot(scenario),
    };

    public override async Task<IServerHalf> ListenAsync(Uri address, Service service) =>
        await ServerProgram.StartAsync(Program, address, static (path, port) =>
        [
            "--save", "", "--appendonly", "no", "--port", $"{port}", "--bind", "127.0.0.1",
            .. path is null ? (string[])[] : ["--unixsocket", path],
        ]);

    public override ITopicHalf NewTopicHalf() => new RedisTopicHalf();
}
