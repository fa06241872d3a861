using NetCore.Bench.Contenders;
using NetCore.Rpc;
using NetCore.Transport;

namespace NetCore.Bench.Tests;

public class EngineSetupTests
{
    private static readonly EngineSetup Epoll = new() { Engine = Engine.Epoll };

    [Fact]
    public void A_name_says_what_differs_from_the_default()
    {
        Assert.Equal("netcore", EngineSetup.Default.Name("netcore"));
        Assert.Equal("netcore-echo-epoll", Epoll.Name("netcore-echo"));
        Assert.Equal("netcore-epoll-adaptive", (Epoll with { Wait = WaitPolicy.Adaptive }).Name("netcore"));
        Assert.Equal(
            "netcore-epoll-spin-inline",
            (Epoll with { Wait = WaitPolicy.BusyPoll, Lane = RpcLane.Inline }).Name("netcore"));
        Assert.Equal(
            "netcore-epoll-app-inline-reactor",
            (Epoll with
            {
                AppOwned = true, Lane = RpcLane.Inline, Continuations = RpcContinuations.Reactor,
            }).Name("netcore"));
    }

    [Fact]
    public void Who_polls_takes_part_where_both_sides_poll_and_nowhere_else()
    {
        foreach (var setup in EngineSetup.Calls)
        {
            var polls = setup.Wait == WaitPolicy.BusyPoll;
            foreach (var contestant in (Contestant[])[new NetCoreEchoContestant(setup), new NetCoreContestant(setup)])
            {
                var scenarios = Scenarios.All.Where(one => contestant.WhyNot(one) is null).ToList();
                Assert.NotEmpty(scenarios);
                Assert.All(scenarios, one => Assert.Equal(polls, one.Wait == WaitMode.Spin));
            }
        }
    }

    [Fact]
    public void Only_what_runs_here_takes_part()
    {
        Assert.All(EngineSetup.Calls, static setup => Assert.Null(setup.Missing));
        Assert.NotNull((EngineSetup.Default with { Wait = WaitPolicy.Adaptive }).Missing);
        Assert.NotNull((EngineSetup.Default with { AppOwned = true }).Missing);
    }
}
