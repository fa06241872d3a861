namespace NetCore.Quickstart.Tests;

/// <summary>The program as a newcomer runs it: real processes, real sockets, real files.</summary>
public sealed class QuickstartRunTests : IDisposable
{
    private readonly DirectoryInfo _tree = Directory.CreateTempSubdirectory("netcore-tree-");

    public QuickstartRunTests()
    {
        var bytes = new byte[100_000];
        for (var i = 0; i < 20; i++)
        {
            new Random(i).NextBytes(bytes);
            File.WriteAllBytes(Path.Combine(_tree.FullName, $"file{i:00}"), bytes.AsSpan(0, i * 5000).ToArray());
        }
    }

    public void Dispose() => _tree.Delete(recursive: true);

    [Fact]
    public async Task The_demo_verifies_a_tree_over_both_transports_and_exits_with_zero()
    {
        var (exit, output) = await QuickstartProcess.RunAsync("--root", _tree.FullName, "--calls", "2000");

        Assert.True(exit == 0, output);
        Assert.Equal(2, Count(output, "20 files"));
        Assert.Equal(2, Count(output, "and saw it on topic files.changed after"));
        Assert.Equal(2, Count(output, "every SHA-256 matched"));
        Assert.Equal(2, Count(output, "calls,  1 outstanding"));
        Assert.Equal(2, Count(output, "calls, 64 outstanding"));
        Assert.Contains("All hashes matched on both transports.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tree_of_files_from_2_to_130_KB_matches_in_every_hash_over_both_transports()
    {
        const int files = 200;
        var tree = _tree.CreateSubdirectory("sizes");
        var random = new Random(1);
        long bytes = 0;
        for (var i = 0; i < files; i++)
        {
            // As many between 2 and 4 KB as between 65 and 130: copied, linked and cut messages in one batch.
            var content = new byte[(int)(2000 * Math.Pow(65, random.NextDouble()))];
            random.NextBytes(content);
            File.WriteAllBytes(Path.Combine(tree.FullName, $"{i}"), content);
            bytes += content.Length;
        }

        var (exit, output) = await QuickstartProcess.RunAsync("--root", tree.FullName, "--calls", "0");

        Assert.True(exit == 0, output);
        Assert.Equal(2, Count(output, $"  {files} files, {bytes:N0} bytes by"));
        Assert.Equal(2, Count(output, "every SHA-256 matched"));
    }

    [Theory]
    [InlineData("sockets", "blocking", "pool", "sockets")]
    [InlineData("Epoll", "adaptive", "Inline", "epoll")]
    [InlineData("epoll", "spin", "pool", "epoll")]
    [InlineData("epoll", "Block", "pool", "epoll")]
    [InlineData("uring", "adaptive", "inline", "uring")]
    public async Task The_demo_runs_on_the_engine_and_the_lane_that_are_named(
        string engine, string wait, string lane, string backend)
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("NETCORE_TRANSPORT") is not null, "That goes before.");
        var (exit, output) = await QuickstartProcess.RunAsync(
            "--root", _tree.FullName, "--calls", "200", "--engine", engine, "--wait", wait, "--lane", lane);

        Assert.True(exit == 0, output);
        Assert.Equal(2, Count(output, $" by {backend}"));
        Assert.Equal(4, Count(output, "too few calls: fixed costs would dominate"));
    }

    [Theory]
    [InlineData("--engine iocp", "'--engine iocp' is not understood: --engine takes auto, sockets, epoll or uring.")]
    [InlineData("--engine 1", "'--engine 1' is not understood: --engine takes auto, sockets, epoll or uring.")]
    [InlineData("--wait never", "'--wait never' is not understood: --wait takes blocking, adaptive or busypoll.")]
    [InlineData("--lane fast", "'--lane fast' is not understood: --lane takes pool or inline.")]
    [InlineData("--calls", "--calls needs a value: a whole number, 0 or more.")]
    [InlineData("--wait --calls 0", "--wait needs a value: blocking, adaptive or busypoll.")]
    [InlineData("--nonsense", "'--nonsense' is no option.")]
    [InlineData("--watch here", "--watch goes with --listen.")]
    [InlineData("--connect tcp://127.0.0.1:7000 --watch here", "--watch goes with --listen.")]
    [InlineData("--scratch here", "--scratch goes with --connect.")]
    [InlineData("--listen tcp://127.0.0.1:0 --scratch here", "--scratch goes with --connect.")]
    public async Task What_is_wrong_with_the_arguments_is_said_alone(string arguments, string reason)
    {
        var (exit, output) = await QuickstartProcess.RunAsync(arguments.Split(' '));
        Assert.Equal(2, exit);
        Assert.Equal($"{reason} See --help.", output.Trim());
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(2, 0, 2)]
    public async Task A_load_without_calls_is_left_out(int calls, int alone, int many)
    {
        var (exit, output) = await QuickstartProcess.RunAsync("--root", _tree.FullName, "--calls", $"{calls}");

        Assert.True(exit == 0, output);
        Assert.Equal(alone, Count(output, "calls,  1 outstanding"));
        Assert.Equal(many, Count(output, "calls, 64 outstanding"));
    }

    [Fact]
    public async Task An_empty_tree_is_not_a_success()
    {
        var empty = _tree.CreateSubdirectory("empty").FullName;
        var (exit, output) = await QuickstartProcess.RunAsync("--root", empty, "--calls", "0");

        Assert.Equal(1, exit);
        Assert.Equal($"'{empty}' has no files to serve. Give another directory with --root.", output.Trim());
    }

    [Fact]
    public async Task A_missing_server_is_named_with_what_to_do()
    {
        var missing = $"unix://{_tree.FullName}/nobody.sock";

        var (exit, output) = await QuickstartProcess.RunAsync("--connect", missing);

        Assert.Equal(1, exit);
        Assert.Contains("nobody.sock", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_that_nobody_tells_of_is_not_a_success()
    {
        // The server watches another directory than the one that the client writes into.
        using var server = await ServerProcess.StartAsync(
            "NetCore.Quickstart", "--listen", "tcp://127.0.0.1:0", "--root", _tree.FullName,
            "--watch", _tree.CreateSubdirectory("watched").FullName);
        var scratch = _tree.CreateSubdirectory("scratch").FullName;

        var (exit, output) = await QuickstartProcess.RunAsync(
            "--connect", $"{server.Address}", "--scratch", scratch, "--calls", "0");

        Assert.Equal(1, exit);
        Assert.Contains(
            $"did NOT see it within 20 s on topic files.changed. Was the server started with --watch {scratch}?",
            output,
            StringComparison.Ordinal);
        Assert.Equal(0, await server.TerminateAsync());
    }

    [Fact]
    public async Task A_directory_to_watch_that_is_missing_is_named_with_what_to_do()
    {
        var missing = Path.Combine(_tree.FullName, "nowhere");
        var (exit, output) = await QuickstartProcess.RunAsync("--listen", "tcp://127.0.0.1:0", "--watch", missing);

        Assert.Equal(1, exit);
        Assert.Equal($"'{missing}' is no directory. Give one that exists with --watch.", output.Trim());
    }

    [Fact]
    public async Task Help_is_printed_when_asked_for()
    {
        var (exit, output) = await QuickstartProcess.RunAsync("--help");

        Assert.Equal(0, exit);
        Assert.Contains("--listen URI", output, StringComparison.Ordinal);
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
