namespace NetCore.Bench.Tests;

/// <summary>The verbs from outside, with processes and cores as in a real run.</summary>
public class ProgramTests
{
    private static readonly string[] Short =
        ["--rounds", "1", "--warmup", "0.1", "--seconds", "0.2", "--retries", "0", "--halt", "--unsteady", "label"];

    // The smoke of the suite: 30 seconds on two cores.
    [Theory]
    [InlineData(
        "ping-pong-32,ping-pong-32-spin,64x1.unix,bulk-64k,open-50,connect,idle-1000", "floor,floor-spin")]
    [InlineData("pubsub-1,pubsub-latency,pubsub-100,pubsub-100-stalled", "floor-twohop,nats,netcore-topics-epoll")]
    [InlineData(
        "ping-pong-32-spin,64x1.unix,1x64,bulk-64k,connect,idle-1000",
        "floor-uring,floor-uring-spin,floor-uring-framed,floor-uring-framed-spin")]
    [InlineData(
        "ping-pong-32-spin,1x64,long-tail.unix",
        "floor-framed,netcore,netcore-epoll,netcore-echo-epoll,netcore-echo-epoll-spin")]
    public void A_small_run_of_the_suite_fills_tables_and_file(string scenarios, string contestants)
    {
        string[] some = ["--scenario", scenarios, "--contestant", contestants];
        using var json = new TemporaryFile();
        var (exitCode, output) = BenchProgram.Run([
            "run", .. Short, "--json", json.Path,
            .. some,
        ]);
        Assert.True(exitCode == ExitCode.Success, output);
        var report = ReportJson.Read(File.ReadAllText(json.Path));
        var plan = RunPlan.Of(RunOptions.Parse(some), KeepAwake.Never, Roster.All);
        Assert.Equal(
            plan.Contestants.SelectMany(static one => one.Scenarios.Select(s => (one.Contestant.Name, s.Name))).Order(),
            report.Cells.Select(static cell => (cell.Contestant, cell.Scenario)).Order());
        Assert.All(report.Cells, static cell => Assert.True(cell.OpsPerSecond > 0, cell.Discarded));

        // The floor allocates nothing, so this is what asking the server costs: it has been asked before.
        Assert.All(
            report.Cells.Where(static cell => cell.Contestant is "floor" or "floor-spin"
                && cell.Scenario.StartsWith("ping-pong", StringComparison.Ordinal)),
            static cell => Assert.InRange(cell.ServerAllocatedBytesPerOp * cell.OpsPerSecond * 0.2, 0, 32_000));
        foreach (var cell in report.Cells.Where(static cell => cell.Scenario == "pubsub-100-stalled"
            && cell.Contestant == "netcore-topics-epoll"))
        {
            Assert.InRange(cell.ServerHeldBytes!.Value, 1, cell.ServerMostHeldBytes!.Value);
            Assert.Contains("inside its bound", output, StringComparison.Ordinal);
        }

        Assert.All(
            plan.Scenarios, one => Assert.Contains($"### {one.Name}:", output, StringComparison.Ordinal));
    }

    [Fact]
    public void Idle_connections_are_weighed_on_both_sides_with_a_session_and_without()
    {
        using var json = new TemporaryFile();
        var (exitCode, output) = BenchProgram.Run([
            "run", .. Short, "--json", json.Path,
            "--scenario", "idle-1000", "--contestant", "floor,netcore-epoll,netcore-echo-epoll",
        ]);
        Assert.True(exitCode == ExitCode.Success, output);
        var cells = ReportJson.Read(File.ReadAllText(json.Path)).Cells.ToDictionary(static cell => cell.Contestant);
        Assert.Equal(3, cells.Count);
        Assert.All(cells.Values, static cell => Assert.NotNull(cell.ClientManagedBytesPerConnection));
        var transport = cells["netcore-echo-epoll"].ServerManagedBytesPerConnection;
        var session = cells["netcore-epoll"];

        // The echo has a queue of its own; what calls have grown is given back only some seconds later.
        Assert.InRange(transport!.Value, 500, 2048);
        Assert.InRange(session.ServerManagedBytesPerConnection!.Value, transport.Value, 4096);
        Assert.InRange(session.ClientManagedBytesPerConnection!.Value, transport.Value, 4096);
        Assert.Contains("managed, client", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_client_that_is_slow_on_purpose_is_named_as_the_limit()
    {
        // On a machine that is busy the client does not get the core that it wants; then its figures say so instead.
        ReportCell cell;
        var attempt = 0;
        do
        {
            using var json = new TemporaryFile();
            var (exitCode, output) = BenchProgram.Run([
                "run", .. Short, "--json", json.Path, "--scenario", "64x1", "--contestant", "floor",
                "--client-work", "300", "--seconds", "0.5",
            ]);

            // The one cell counts or it does not, and so does the run.
            Assert.True(exitCode is ExitCode.Success or ExitCode.Failed, output);
            cell = Assert.Single(ReportJson.Read(File.ReadAllText(json.Path)).Cells);
        }
        while (cell.Labels.Any(IsDisturbed) && ++attempt < 3);

        Assert.SkipWhen(cell.Labels.Any(IsDisturbed), "Other programs use the cores.");
        Assert.StartsWith(CellJudge.ClientBound, cell.Discarded);
        Assert.Contains(CellJudge.ClientBound, cell.Labels);
    }

    [Theory]
    [InlineData("echo", "tcp", "sockets", "block")]
    [InlineData("rpc", "unix", "sockets", "block")]
    [InlineData("echo", "unix", "epoll", "spin")]
    [InlineData("rpc", "tcp", "epoll", "adaptive")]
    public void The_halves_run_alone_and_a_server_stops_on_SIGTERM(
        string half, string scheme, string engine, string wait)
    {
        var path = Path.Combine(Path.GetTempPath(), $"bench-{Guid.NewGuid():N}.sock");
        using var server = BenchProgram.Start(
            "serve", half, "--listen", scheme == "unix" ? $"unix://{path}" : "tcp://127.0.0.1:0",
            "--engine", engine, "--wait", wait, "--lane", "pool");
        const string listening = "listening ";
        var line = server.ReadLine();
        Assert.StartsWith(listening + scheme, line);
        var (exitCode, output) = BenchProgram.Run(
            "load", half, "--connect", line[listening.Length..], "--connections", "2", "--outstanding", "4",
            "--rate", "500", "--warmup", "0.3", "--seconds", "0.2");
        Assert.True(exitCode == ExitCode.Success, output);
        Assert.Contains("operations  100 ", output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Success, server.Terminate());
        File.Delete(path);
    }

    [Fact]
    public void A_cell_that_is_not_started_leaves_its_pair_for_the_next_one()
    {
        using var json = new TemporaryFile();
        var (exitCode, output) = BenchProgram.Run([
            "run", "--rounds", "1", "--warmup", "0.1", "--seconds", "0.1", "--retries", "0", "--halt",
            "--scenario", "64x1,64x16,open-50", "--contestant", "floor", "--json", json.Path,
        ]);
        var cells = ReportJson.Read(File.ReadAllText(json.Path)).Cells;
        Assert.Equal(3, cells.Count);
        Assert.All(cells, static cell => Assert.True(cell.Discarded is null
            || !cell.Discarded.StartsWith(CellReport.FailedPrefix, StringComparison.Ordinal)));

        // Windows of 33 ms are often not steady. One that is not starts nothing, and a run of only such cells fails.
        var counts = cells.Any(static cell => cell.Discarded is null);
        Assert.Equal(counts ? ExitCode.Success : ExitCode.Failed, exitCode);
        Assert.Equal(!counts, output.Contains("No cell counts", StringComparison.Ordinal));
    }

    [Fact]
    public void What_there_is_can_be_listed()
    {
        var (exitCode, output) = BenchProgram.Run("list");
        Assert.Equal(ExitCode.Success, exitCode);
        Assert.All(Roster.All, one => Assert.Contains(one.Name, output, StringComparison.Ordinal));
        Assert.Contains("without those that poll", output, StringComparison.Ordinal);
        Assert.Contains("only floor-twohop, nats, redis, netcore-topics, ", output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_help_tells_the_name_that_the_documentation_uses() => Assert.Contains(
        "call it bench: an alias, see docs/performance.md",
        BenchProgram.Run("--help").Output,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("compare", "only-one.json")]
    [InlineData("nothing")]
    [InlineData("serve")]
    [InlineData("serve", "--listen", "tcp://127.0.0.1:0")]
    [InlineData("load", "echo")]
    [InlineData("run", "--json", "/nowhere/report.json")]
    [InlineData("run", "--html", "/")]
    [InlineData("doctor", "--save", "/nowhere/choice.json")]
    [InlineData("doctor", "--save", "/proc/choice.json")]
    [InlineData("doctor", "--save", "")]
    [InlineData("serve", "echo", "--listen", "tcp://127.0.0.1:0", "--engine", "steam")]
    [InlineData("serve", "echo", "--listen", "tcp://127.0.0.1:0", "--engine", "sockets", "--wait", "spin")]
    [InlineData("serve", "floor", "--listen", "tcp://127.0.0.1:0", "--engine", "epoll")]
    [InlineData("load", "echo", "--connect", "tcp://127.0.0.1:1", "--engine", "epoll")]
    public void A_wrong_command_line_ends_with_2(params string[] arguments) =>
        Assert.Equal(ExitCode.BadUsage, BenchProgram.Run(arguments).ExitCode);

    [Fact]
    public async Task An_address_in_use_is_told_without_the_name_of_a_type()
    {
        using var server = BenchProgram.Start("serve", "echo", "--listen", "tcp://127.0.0.1:0");
        var address = server.ReadLine()["listening ".Length..];
        var (exitCode, output) = await BenchProgram.RunWithAsync("NOTHING", "", "serve", "echo", "--listen", address);
        Assert.Equal(ExitCode.Failed, exitCode);
        Assert.StartsWith($"error: Listening on {address} ", output);
    }

    [Fact]
    public void A_file_that_is_to_be_written_is_left_as_it_was_until_then()
    {
        using var old = new TemporaryFile("old");
        using var other = new TemporaryFile();
        var line = new CommandLine([old.Path, other.Path]);
        Assert.Equal(old.Path, line.Output("--json"));
        Assert.Equal(other.Path, line.Output("--html"));
        Assert.Equal("old", File.ReadAllText(old.Path));
        Assert.False(File.Exists(other.Path));
    }

    private static bool IsDisturbed(string label) => label.StartsWith("disturbed", StringComparison.Ordinal);
}
