using NetCore.Bench.Contenders;
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
            (Epoll with { Wait = WaitPolicy.BusyPoll, Lane = Lane.Inline }).Name("netcore"));
    }

    [Fact]
    public void Who_polls_takes_part_where_both_sides_poll_and_nowhere_else()
    {
        foreach (var setup in EngineSetup.All)
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
        Assert.All(EngineSetup.All, static setup => Assert.Null(setup.Missing));
        Assert.NotNull((EngineSetup.Default with { Wait = WaitPolicy.Adaptive }).Missing);
        Assert.StartsWith("not yet", (Epoll with { Lane = Lane.Inline }).Missing);
    }
}
