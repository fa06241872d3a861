using NetCore.Bench.Contenders;
using NetCore.Rpc;
using NetCore.Transport;

namespace NetCore.Bench.Tests;

public class EngineSetupTests
{
    private static readonly EngineSetup Epoll = new() { Engine = Engine.Epoll };

    private static IEnumerable<(EngineSetup Setup, Contestant Contestant)> Ours =>
    [
        .. EngineSetup.Transports.Select(static setup => (setup, (Contestant)new NetCoreEchoContestant(setup))),
        .. EngineSetup.Calls.Select(static setup => (setup, (Contestant)new NetCoreContestant(setup))),
    ];

    [Fact]
    public void A_name_says_what_differs_from_the_default()
    {
        Assert.Equal("netcore", EngineSetup.Default.Name("netcore"));
        Assert.Equal("netcore-echo-epoll", Epoll.Name("netcore-echo"));
        Assert.Equal("netcore-epoll-adaptive", (Epoll with { Wait = WaitPolicy.Adaptive }).Name("netcore"));
        Assert.Equal(
            "netcore-epoll-app-spin-inline-reactor",
            (Epoll with
            {
                Wait = WaitPolicy.BusyPoll, Lane = RpcLane.Inline, Continuations = RpcContinuations.Reactor,
                AppOwned = true,
            }).Name("netcore"));
    }

    [Fact]
    public void Who_polls_takes_part_where_both_sides_poll_and_nowhere_else() => Assert.All(Ours, static one =>
    {
        var scenarios = Scenarios.All.Where(scenario => one.Contestant.WhyNot(scenario) is null).ToList();
        Assert.NotEmpty(scenarios);
        Assert.All(scenarios, scenario => Assert.Equal(
            one.Setup.Wait == WaitPolicy.BusyPoll, scenario.Wait == WaitMode.Spin));
    });

    [Fact]
    public void Calls_take_part_with_each_engine_wait_policy_and_lane()
    {
        var seen = EngineSetup.Calls.Select(static one => (one.Engine, one.Wait, one.Lane)).ToHashSet();
        foreach (var transport in EngineSetup.Transports)
        {
            Assert.All(Enum.GetValues<RpcLane>(), lane =>
                Assert.Contains((transport.Engine, transport.Wait, lane), seen));
        }

        Assert.Distinct(EngineSetup.Calls.Select(static one => one.Name("netcore")));
    }

    [Fact]
    public void Both_halves_get_the_environment_of_a_setup() => Assert.All(Ours, static one =>
    {
        if (one.Contestant.Kind == ContestantKind.Rpc)
        {
            Assert.Equal(one.Setup.Environment, one.Contestant.ServerEnvironment);
            Assert.Equal(one.Setup.Environment, one.Contestant.ClientEnvironment);
        }
    });

    [Fact]
    public void What_cannot_be_had_says_why()
    {
        Assert.All(Ours, static one => Assert.Null(one.Setup.Missing));
        Assert.NotNull((EngineSetup.Default with { Wait = WaitPolicy.Adaptive }).Missing);
        Assert.NotNull((EngineSetup.Default with { AppOwned = true }).Missing);
    }

    [Fact]
    public async Task What_users_get_who_choose_nothing_is_known()
    {
        await using var listener = await Transports.Create(Core.World.Default).ListenAsync(
            "tcp://127.0.0.1:0", static _ => { }, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(EngineSetup.Usual.Engine.ToString(), listener.Backend, ignoreCase: true);
    }
}
