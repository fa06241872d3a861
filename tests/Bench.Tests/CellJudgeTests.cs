namespace NetCore.Bench.Tests;

public class CellJudgeTests
{
    private static readonly Scenario Throughput = Scenarios.All.First(static one => one.Name == "64x1");
    private static readonly Scenario Latency = Scenarios.All.First(static one => one.Name == "ping-pong-32");

    [Theory]
    [InlineData(0.96, 0.84, true)]
    [InlineData(0.96, 0.86, false)]
    [InlineData(0.94, 0.10, false)]
    [InlineData(1.00, 1.00, false)]
    public void A_throughput_that_the_load_generator_limits_is_discarded(double client, double server, bool discarded)
    {
        var figures = Samples.Figures(client, server);
        var reason = CellJudge.Discard(Throughput, ContestantKind.Echo, figures);
        Assert.Equal(discarded, reason?.StartsWith(CellJudge.ClientBound, StringComparison.Ordinal) ?? false);
        Assert.Equal(discarded, CellJudge.Labels(Throughput, figures, peak: 0).Contains(CellJudge.ClientBound));
    }

    [Fact]
    public void A_client_of_an_rpc_contestant_belongs_to_it_and_its_limit_is_only_labelled()
    {
        var figures = Samples.Figures(1, 0.5);
        Assert.Null(CellJudge.Discard(Throughput, ContestantKind.Rpc, figures));
        Assert.Equal([CellJudge.ClientBound], CellJudge.Labels(Throughput, figures, peak: 0));
    }

    [Fact]
    public void A_latency_is_not_discarded_for_a_busy_client()
    {
        var figures = Samples.Figures(1, 0.5, new Disturbance(0.5, 0.5));
        Assert.Null(CellJudge.Discard(Latency, ContestantKind.Echo, figures));
        Assert.DoesNotContain(CellJudge.ClientBound, CellJudge.Labels(Latency, figures, peak: 0));
    }

    [Fact]
    public void An_open_loop_says_when_its_share_is_not_of_the_peak()
    {
        var open = Scenarios.All.First(static one => one.Name == "open-50");
        var figures = Samples.Figures(0.5, 0.5);
        Assert.Contains("64x1", Assert.Single(CellJudge.Labels(open, figures, peak: 0)), StringComparison.Ordinal);
        Assert.Empty(CellJudge.Labels(open, figures, peak: 1000));
    }

    [Theory]
    [InlineData(0.11, 0.00, true)]
    [InlineData(0.00, 0.11, true)]
    [InlineData(0.09, 0.09, false)]
    public void A_throughput_is_discarded_when_others_took_a_tenth_of_a_core(double foreign, double stolen, bool bad)
    {
        var figures = Samples.Figures(0.9, 0.9, new Disturbance(foreign, stolen));
        Assert.Equal(bad, CellJudge.Discard(Throughput, ContestantKind.Rpc, figures) is not null);
        Assert.Equal(bad, CellJudge.IsWorthRepeating(Throughput, figures));
    }

    [Theory]
    [InlineData(100, 100, false)]
    [InlineData(101, 100, true)]
    public void A_server_that_holds_more_memory_than_it_may_has_no_figures(long held, long most, bool bad)
    {
        var figures = Samples.Figures(0.5, 0.5) with { Held = new HeldMemory(held, most) };
        foreach (var scenario in (Scenario[])[Throughput, Latency])
        {
            var reason = CellJudge.Discard(scenario, ContestantKind.Topics, figures);
            Assert.Equal(bad, reason?.StartsWith(CellJudge.OverBound, StringComparison.Ordinal) ?? false);
        }

        var cell = CellReport.Of(1, Throughput, Roster.All[0], figures, peak: 0);
        Assert.Equal((held, most), ((long)cell.ServerHeldBytes!, (long)cell.ServerMostHeldBytes!));
    }

    [Fact]
    public void Foreign_time_is_what_all_programs_used_less_our_own()
    {
        var before = SystemLoad.Parse(["cpu  200 0 100 1000 0 9 9 0 0 0", "cpu1 100 0 50 500 0 9 9 0 0 0", "intr 1"]);
        var after = SystemLoad.Parse(["cpu  290 0 140 1060 0 9 9 10 0 0", "cpu1 150 0 80 510 0 9 9 10 0 0", "intr 2"]);
        Assert.Equal([SystemLoad.AllCores, 1], after.Keys);

        // 80 of 100 ticks were busy, 0.6 s of them ours, 2 uncertain; 10 were stolen.
        var disturbance = after[1].Since(before[1], TimeSpan.FromSeconds(0.6));
        Assert.Equal(new Disturbance(0.18, 0.1), disturbance);
    }
}
