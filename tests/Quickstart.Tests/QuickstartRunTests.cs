using System.Diagnostics;

namespace NetCore.Quickstart.Tests;

/// <summary>The program as a newcomer runs it: real processes, real sockets, real files.</summary>
public sealed class QuickstartRunTests : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

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
        var (exit, output) = await RunAsync("--root", _tree.FullName, "--calls", "2000");

        Assert.True(exit == 0, output);
        Assert.Equal(2, Count(output, "20 files"));
        Assert.Equal(2, Count(output, "every SHA-256 matched"));
        Assert.Contains("All hashes matched on both transports.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_tree_is_not_a_success()
    {
        var (exit, output) = await RunAsync("--root", _tree.CreateSubdirectory("empty").FullName, "--calls", "0");

        Assert.Equal(1, exit);
        Assert.Contains("PROBLEMS", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_server_is_named_with_what_to_do()
    {
        var missing = $"unix://{_tree.FullName}/nobody.sock";

        var (exit, output) = await RunAsync("--connect", missing);

        Assert.Equal(1, exit);
        Assert.Contains("nobody.sock", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help", 0)]
    [InlineData("--nonsense", 2)]
    public async Task Help_is_printed_when_asked_for_and_when_needed(string argument, int expected)
    {
        var (exit, output) = await RunAsync(argument);

        Assert.Equal(expected, exit);
        Assert.Contains("--listen URI", output, StringComparison.Ordinal);
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    private static async Task<(int Exit, string Output)> RunAsync(params string[] arguments)
    {
        var info = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        info.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "NetCore.Quickstart.dll"));
        foreach (var argument in arguments)
        {
            info.ArgumentList.Add(argument);
        }

        using var process = Process.Start(info)!;
        try
        {
            using var timeout = new CancellationTokenSource(Deadline);
            var output = process.StandardOutput.ReadToEndAsync(timeout.Token);
            var errors = process.StandardError.ReadToEndAsync(timeout.Token);
            await process.WaitForExitAsync(timeout.Token);
            return (process.ExitCode, await output + await errors);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
