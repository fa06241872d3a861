using System.Diagnostics;
using NetCore.PubSub;
using NetCore.Rpc;

namespace NetCore.Independent.Tests;

/// <summary>The second implementation of the wire, in Python, over all vectors and against a real server.</summary>
public sealed class PythonTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task The_second_implementation_agrees_about_every_vector()
    {
        using var python = Start("vectors.py");
        var output = await FinishAsync(python, _ => Task.CompletedTask);
        Assert.Matches(@"^\d{3,} vectors$", output[^1]);
    }

    [Fact]
    public async Task The_second_implementation_talks_to_a_server()
    {
        var service = new IndependentService();
        await using var broker = new Broker();
        var server = await RpcServer.ListenAsync(
            "tcp://127.0.0.1:0", new IndependentDispatcher(service), new RpcServerOptions { Protocols = [broker] },
            TestContext.Current.CancellationToken);
        await using (server)
        {
            using var python = Start("talk.py", "127.0.0.1", $"{server.Address.Port}");
            Task stopping = Task.CompletedTask;
            var output = await FinishAsync(python, line =>
            {
                stopping = line == "drain" ? server.StopAsync(TimeSpan.FromSeconds(20)).AsTask() : stopping;
                return Task.CompletedTask;
            });
            await stopping;
            Assert.Equal("done", output[^1]);
        }
    }

    private static Process Start(string script, params string[] arguments)
    {
        // Continuous integration installs Python, so that there a missing one is a failure.
        var isCi = Environment.GetEnvironmentVariable("CI") is not (null or "" or "false");
        var start = new ProcessStartInfo("python3", [Path.Combine(Folder(), script), .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };

        // Nothing is left behind in the checkout.
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception) when (!isCi)
        {
            Assert.Skip("There is no python3; see eng/debian-packages.txt.");
            throw;
        }
    }

    private static async Task<List<string>> FinishAsync(Process python, Func<string, Task> onLine)
    {
        using var patience = new CancellationTokenSource(Patience);
        var errors = python.StandardError.ReadToEndAsync(patience.Token);
        var lines = new List<string>();
        try
        {
            while (await python.StandardOutput.ReadLineAsync(patience.Token) is { } line)
            {
                lines.Add(line);
                await onLine(line);
            }

            await python.WaitForExitAsync(patience.Token);
        }
        finally
        {
            if (!python.HasExited)
            {
                python.Kill();
            }
        }

        Assert.True(python.ExitCode == 0, $"After {lines.LastOrDefault()}:\n{await errors}");
        return lines;
    }

    private static string Folder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!Directory.Exists(Path.Combine(folder.FullName, "tests", "independent")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("No folder above holds tests/independent.");
        }

        return Path.Combine(folder.FullName, "tests", "independent");
    }
}
