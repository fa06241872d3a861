using System.Diagnostics;
using System.Globalization;

namespace NetCore.Transport.Tests;

/// <summary>A server of keyed streams in a process of its own.</summary>
internal sealed class PeerProcess : IDisposable
{
    private readonly Process _process;

    private PeerProcess(Process process, int port)
    {
        _process = process;
        Port = port;
    }

    public int Port { get; }

    public TransportAddress Address => TransportAddress.Tcp("127.0.0.1", Port);

    /// <summary>Starts it.</summary>
    /// <param name="engine"><c>epoll</c>, <c>sockets</c>, or <c>default</c>: what is chosen.</param>
    /// <param name="descriptors">Most file descriptors that it may have; null leaves the limit.</param>
    /// <param name="forced">The engine that its environment asks for.</param>
    /// <param name="profile">The file of a profile that its environment names.</param>
    public static async Task<PeerProcess> StartAsync(
        string engine, int? descriptors = null, string? forced = null, string? profile = null)
    {
        var process = Start(engine, descriptors, forced, profile, readErrors: false);
        var port = await process.StandardOutput.ReadLineAsync().WaitAsync(Pair.Patience);
        return new PeerProcess(process, int.Parse(port!, CultureInfo.InvariantCulture));
    }

    /// <summary>Starts one that cannot run, and gives what it says about that.</summary>
    public static async Task<string> FailAsync(string engine, string? forced, string? profile = null)
    {
        using var process = Start(engine, null, forced, profile, readErrors: true);
        var error = await process.StandardError.ReadToEndAsync().WaitAsync(Pair.Patience);
        await process.WaitForExitAsync().WaitAsync(Pair.Patience);
        Assert.NotEqual(0, process.ExitCode);
        return error;
    }

    /// <summary>Runs one that does something by itself and ends, and gives the lines that it says.</summary>
    public static async Task<string[]> RunAsync(string what, int descriptors)
    {
        using var process = Start(what, descriptors, forced: null, profile: null, readErrors: false);
        var output = await process.StandardOutput.ReadToEndAsync().WaitAsync(Pair.Patience);
        await process.WaitForExitAsync().WaitAsync(Pair.Patience);
        Assert.Equal(0, process.ExitCode);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static Process Start(
        string engine, int? descriptors, string? forced, string? profile, bool readErrors)
    {
        // The shell sets the limit for the process that it becomes.
        var program = Path.Combine(AppContext.BaseDirectory, "NetCore.Transport.Peer.dll");
        var limit = descriptors is { } count ? $"ulimit -n {count} && " : "";
        var info = new ProcessStartInfo("/bin/sh")
        {
            ArgumentList = { "-c", $"{limit}exec dotnet \"$0\" \"$1\"", program, engine },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = readErrors,
        };
        info.Environment["NETCORE_TRANSPORT"] = forced;
        info.Environment["NETCORE_TRANSPORT_PROFILE"] = profile;
        return Process.Start(info)!;
    }

    public async Task<PeerState> AskAsync(string command = "look")
    {
        await _process.StandardInput.WriteLineAsync(command);
        await _process.StandardInput.FlushAsync();
        var line = await _process.StandardOutput.ReadLineAsync().WaitAsync(Pair.Patience);
        Assert.True(line is not null, "The process has ended.");
        return PeerState.Parse(line);
    }

    public async Task<PeerState> Until(Func<PeerState, bool> condition, string what)
    {
        for (var start = Stopwatch.GetTimestamp(); ;)
        {
            var state = await AskAsync();
            if (condition(state))
            {
                return state;
            }

            Assert.True(Stopwatch.GetElapsedTime(start) < Pair.Patience, $"Not in time: {what} ({state}).");
            // Between two looks at the condition; it bounds nothing but the polling.
            await Task.Delay(1);
        }
    }

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }
}
