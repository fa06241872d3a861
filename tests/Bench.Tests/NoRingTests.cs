namespace NetCore.Bench.Tests;

/// <summary>Where no ring can be had, everybody is told why.</summary>
public class NoRingTests
{
    private const string Variable = "NETCORE_URING_DISABLE";
    private const string Forbidden = "io_uring is forbidden here: by the seccomp filter of this process";

    public static bool NotLinux => !OperatingSystem.IsLinux();

    [Theory(Skip = "Linux only", SkipWhen = nameof(NotLinux))]
    [InlineData("serve", "echo", "--listen", "tcp://127.0.0.1:0", "--engine", "uring")]
    [InlineData("run", "--contestant", "netcore-echo-uring", "--scenario", "64x1")]
    [InlineData("list")]
    [InlineData("doctor")]
    public async Task A_slip_in_the_environment_is_one_of_the_command_line(params string[] arguments)
    {
        var (exitCode, output) = await BenchProgram.RunWithAsync(Variable, "frob", arguments);
        Assert.True(exitCode == ExitCode.BadUsage, output);
        Assert.Contains($"error: {Variable} has the word 'frob'. It takes: defer, ", output, StringComparison.Ordinal);
        Assert.DoesNotContain("cannot run here", output, StringComparison.Ordinal);
        Assert.DoesNotContain("EpollTransport", output, StringComparison.Ordinal);
    }

    [Fact(Skip = "Linux only", SkipWhen = nameof(NotLinux))]
    public async Task Who_needs_no_ring_is_not_told_of_the_environment()
    {
        var (exitCode, output) = await BenchProgram.RunWithAsync(
            Variable, "frob", "load", "rpc", "--connect", "tcp://127.0.0.1:1", "--engine", "epoll");
        Assert.True(exitCode == ExitCode.Failed, output);
        Assert.DoesNotContain(Variable, output, StringComparison.Ordinal);
    }

    [Theory(Skip = "Linux only", SkipWhen = nameof(NotLinux))]
    [InlineData("echo")]
    [InlineData("rpc")]
    public async Task A_half_says_why_by_the_name_of_the_option_and_what_to_take(string half)
    {
        var (exitCode, output) = await BenchProgram.RunWithoutRingsAsync(
            "serve", half, "--listen", "tcp://127.0.0.1:0", "--engine", "uring");
        Assert.True(exitCode == ExitCode.BadUsage, output);
        Assert.Contains($"error: --engine uring cannot run here: {Forbidden}", output, StringComparison.Ordinal);
        Assert.EndsWith("; take --engine epoll.\n", output, StringComparison.Ordinal);
        Assert.DoesNotContain("EpollTransport", output, StringComparison.Ordinal);
    }

    [Fact(Skip = "Linux only", SkipWhen = nameof(NotLinux))]
    public async Task A_run_of_nothing_else_says_why()
    {
        var (exitCode, output) = await BenchProgram.RunWithoutRingsAsync(
            "run", "--contestant", "*uring*", "--scenario", "64x1");
        Assert.True(exitCode == ExitCode.BadUsage, output);
        Assert.Contains($"netcore-echo-uring and 17 others: {Forbidden}", output, StringComparison.Ordinal);
        Assert.Contains("floor-uring and floor-uring-framed: a seccomp filter", output, StringComparison.Ordinal);
    }

    [Fact(Skip = "Linux only", SkipWhen = nameof(NotLinux))]
    public async Task A_run_leaves_them_out_and_says_why()
    {
        var (_, output) = await BenchProgram.RunWithoutRingsAsync(
            "run", "--contestant", "floor,netcore-echo-uring", "--scenario", "ping-pong-32", "--rounds", "1",
            "--warmup", "0.1", "--seconds", "0.1", "--retries", "0", "--halt", "--unsteady", "label");
        Assert.Contains("Left out:", output, StringComparison.Ordinal);
        Assert.Contains($"- netcore-echo-uring in ping-pong-32: {Forbidden}", output, StringComparison.Ordinal);
    }

    [Fact(Skip = "Linux only", SkipWhen = nameof(NotLinux))]
    public async Task The_list_says_why()
    {
        var (exitCode, output) = await BenchProgram.RunWithoutRingsAsync("list");
        Assert.True(exitCode == ExitCode.Success, output);

        // Wherever its lines are broken.
        var words = output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains("io_uring is forbidden", string.Join(' ', words), StringComparison.Ordinal);
    }
}
