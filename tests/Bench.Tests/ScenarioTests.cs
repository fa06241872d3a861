namespace NetCore.Bench.Tests;

public class ScenarioTests
{
    [Fact]
    public void Names_are_unique()
    {
        Assert.Distinct(Scenarios.All.Select(static one => one.Name));
        Assert.Distinct(Roster.All.Select(static one => one.Name));
    }

    [Fact]
    public void Every_scenario_has_a_contestant_on_each_kind_of_socket() => Assert.All(
        Scenarios.All,
        static scenario => Assert.Contains(Roster.All, contestant => contestant.WhyNot(scenario) is null));

    [Fact]
    public void Calls_of_ours_run_beside_a_stream() => Assert.Null(
        Roster.Get("netcore").WhyNot(Scenarios.All.First(static one => one.Name == "beside-bulk")));

    [Fact]
    public void A_quick_run_has_what_its_users_are_promised()
    {
        var plan = RunPlan.Of(RunOptions.Parse(["--quick"]), KeepAwake.Latency, Roster.All);
        var cells = plan.Contestants.ToDictionary(
            static one => one.Contestant.Name,
            static one => string.Join(' ', one.Scenarios.Select(static scenario => scenario.Name)));
        const string echo = "ping-pong-32 64x1 64x16 bulk-64k";
        Assert.Equal(echo, cells["floor"]);
        Assert.Equal(echo, cells["socket"]);
        Assert.Equal(echo, cells["kestrel"]);
        Assert.Equal(echo, cells["netcore-echo-epoll"]);
        Assert.Equal("ping-pong-32-spin", cells["floor-spin"]);
        Assert.Equal("ping-pong-32-spin", cells["netcore-echo-epoll-spin"]);
        Assert.Equal("1x64", cells["floor-framed"]);
        Assert.Equal("1x64", cells["grpc"]);
        Assert.Equal("1x64", cells["netcore-epoll"]);
        Assert.Equal(9, cells.Count);
    }

    [Fact]
    public void Patterns_choose_scenarios_and_contestants()
    {
        var plan = RunPlan.Of(
            RunOptions.Parse(["--scenario", "64x*", "--contestant", "netcore,grpc"]), KeepAwake.Latency, Roster.All);
        Assert.Equal(["grpc", "netcore"], plan.Contestants.Select(static one => one.Contestant.Name));
        Assert.Equal(
            ["64x1", "64x16", "64x1.unix", "64x16.unix"], plan.Scenarios.Select(static scenario => scenario.Name));
    }

    [Theory]
    [InlineData("--quick", "")]
    [InlineData("--quick --contestant floor,socket", "")]
    [InlineData("--quick --contestant floor,netcore", "netcore: --quick, ")]
    [InlineData("--quick --contestant floor,netcore --scenario 64x1,open-50", "netcore, open-50: --quick, ")]
    [InlineData("--contestant floor,netcore --scenario 64x1,open-50", "")]
    [InlineData("--quick --contestant floor,floor-spin --scenario 64x1", "floor-spin in 64x1: it polls")]
    public void What_a_quick_run_drops_of_what_was_named_is_told(string arguments, string told)
    {
        var options = RunOptions.Parse(arguments.Split(' '));
        var lines = RunPlan.Of(options, KeepAwake.Latency, Roster.All).LeftOut;
        if (told.Length > 0)
        {
            Assert.Contains(lines, line => line.StartsWith(told, StringComparison.Ordinal));
        }

        Assert.Equal(
            told.Contains("--quick", StringComparison.Ordinal),
            lines.Any(static line => line.Contains("--quick", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("--scenario none,nothing", "No scenario fits 'none,nothing': see list.")]
    [InlineData("--scenario 64x1 --contestant nobody", "No contestant fits 'nobody': see list.")]
    [InlineData("--scenario open-50 --contestant floor --quick", "--quick leaves out all that these patterns name;")]
    [InlineData("--scenario pubsub-1 --contestant floor", "run together here: floor: it has no topics. See list.")]
    [InlineData(
        "--scenario pubsub-1 --contestant floor,socket,kestrel --quick",
        "run together here: floor and 2 others: it has no topics. See list.")]
    public void A_run_of_nothing_is_refused_with_the_reason(string arguments, string reason)
    {
        var options = RunOptions.Parse(arguments.Split(' '));
        var refusal = Assert.Throws<UsageException>(() => RunPlan.Of(options, KeepAwake.Latency, Roster.All));
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Latency", "ping-pong-32")]
    [InlineData("Always", "64x1 ping-pong-32")]
    [InlineData("Never", "")]
    public void Cores_are_kept_awake_where_it_was_chosen(string awake, string scenarios)
    {
        var options = RunOptions.Parse(
            ["--scenario", "64x1,ping-pong-32,ping-pong-32-spin", "--contestant", "floor,floor-spin"]);
        var kept = RunPlan.Of(options, Enum.Parse<KeepAwake>(awake), Roster.All).Contestants
            .SelectMany(static one => one.Scenarios).Where(static one => one.KeepAwake);
        Assert.Equal(scenarios, string.Join(' ', kept.Select(static one => one.Name).Order()));
    }

    [Theory]
    [InlineData("--rounds", "0")]
    [InlineData("--pin", "server=0")]
    [InlineData("--pin", "server=0,client=9999")]
    [InlineData("--pool-spin", "on")]
    [InlineData("--seconds", "x")]
    [InlineData("--what", "")]
    public void A_wrong_option_is_refused(string name, string value) =>
        Assert.Throws<UsageException>(() => RunOptions.Parse([name, value]));
}
