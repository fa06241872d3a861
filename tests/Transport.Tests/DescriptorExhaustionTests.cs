using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace NetCore.Transport.Tests;

/// <summary>A listener in a process without a file descriptor to spare.</summary>
public sealed class DescriptorExhaustionTests : IDisposable
{
    // More than the runtime itself opens, and few enough to be filled at once.
    private const int Descriptors = 256;

    private readonly Process _process;
    private readonly List<Socket> _clients = [];

    public DescriptorExhaustionTests()
    {
        // The shell sets the limit for the process that it becomes.
        var program = Path.Combine(AppContext.BaseDirectory, "NetCore.Transport.Peer.dll");
        var info = new ProcessStartInfo("/bin/sh")
        {
            ArgumentList = { "-c", $"ulimit -n {Descriptors} && exec dotnet \"$0\"", program },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        _process = Process.Start(info)!;
    }

    public void Dispose()
    {
        _clients.ForEach(client => client.Dispose());
        _process.Kill();
        _process.Dispose();
    }

    [Fact]
    public async Task Accepting_without_descriptors_is_tried_again_with_growing_pauses_until_there_are_some()
    {
        var port = int.Parse((await _process.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture);

        // Whatever loads code by a descriptor has run once before there are none.
        await ConnectAsync(port);
        await Until(static (accepted, _) => accepted == 1, "the first is accepted");
        await AskAsync("free");

        var watch = Stopwatch.StartNew();
        await AskAsync("fill");
        await ConnectAsync(port);
        await ConnectAsync(port);
        await Until(static (_, errors) => errors >= 5, "accepting fails again and again");
        var (accepted, errors) = await AskAsync("look");
        Assert.Equal(1, accepted);

        // The pauses between them are 10 ms, 20 ms, 40 ms and so on, up to 1 s after the seventh. A slow machine only
        // makes them longer.
        var least = TimeSpan.FromMilliseconds(10 * ((1 << (Math.Min(errors, 7) - 1)) - 1));
        Assert.True(watch.Elapsed >= least, $"{errors} failures in {watch.Elapsed.TotalMilliseconds} ms.");

        await AskAsync("free");
        await Until(static (accepted, _) => accepted == 3, "those that waited are accepted");
        await ConnectAsync(port);
        await Until(static (accepted, _) => accepted == 4, "it goes on as before");
    }

    private async Task ConnectAsync(int port)
    {
        var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _clients.Add(client);
        await client.ConnectAsync(IPAddress.Loopback, port);
    }

    private async Task<(int Accepted, int Errors)> AskAsync(string command)
    {
        await _process.StandardInput.WriteLineAsync(command);
        await _process.StandardInput.FlushAsync();
        var line = await _process.StandardOutput.ReadLineAsync().WaitAsync(Pair.Patience);
        Assert.True(line is not null, "The process has ended.");
        var numbers = line.Split(' ');
        return (int.Parse(numbers[0], CultureInfo.InvariantCulture),
            int.Parse(numbers[1], CultureInfo.InvariantCulture));
    }

    private async Task Until(Func<int, int, bool> condition, string what)
    {
        for (var start = Stopwatch.GetTimestamp(); ;)
        {
            var (accepted, errors) = await AskAsync("look");
            if (condition(accepted, errors))
            {
                return;
            }

            Assert.True(
                Stopwatch.GetElapsedTime(start) < Pair.Patience, $"Not within 30 s: {what} ({accepted}, {errors}).");
            // Between two looks at the condition; it bounds nothing but the polling.
            await Task.Delay(1);
        }
    }
}
