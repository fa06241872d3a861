using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace NetCore.Bench.Contenders;

/// <summary>A server of a Debian package, which runs beside this process on the same core.</summary>
internal sealed class ServerProgram : IServerHalf
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process _process;

    private ServerProgram(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    public ProcessUsage? Elsewhere
    {
        get
        {
            _process.Refresh();
            return new ProcessUsage
            {
                CpuMicroseconds = _process.TotalProcessorTime.TotalMicroseconds,
                ResidentBytes = _process.WorkingSet64,
            };
        }
    }

    /// <summary>How to get a program that is not there; null when it is.</summary>
    public static string? Missing(string program, string package) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, program)))
            ? null
            : $"there is no {program} here; as root: apt-get install {package}";

    /// <summary>Starts it and waits until it accepts.</summary>
    /// <param name="program">Its name in the PATH.</param>
    /// <param name="address">Where it is to listen; port 0 takes a free one.</param>
    /// <param name="arguments">From the path of its socket, or null, and its port, or 0.</param>
    public static async Task<IServerHalf> StartAsync(
        string program, Uri address, Func<string?, int, string[]> arguments)
    {
        var port = address.IsUnix ? 0 : address.Port > 0 ? address.Port : FreePort();
        var actual = address.IsUnix ? address : new Uri($"tcp://127.0.0.1:{port}");
        var process = Process.Start(new ProcessStartInfo(
            program, arguments(address.IsUnix ? address.AbsolutePath : null, port))
        {
            WorkingDirectory = Path.GetTempPath(), RedirectStandardOutput = true, RedirectStandardError = true,
        }) ?? throw new BenchException($"{program} did not start.");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var server = new ServerProgram(process, actual);
        for (var since = Stopwatch.GetTimestamp(); ; await Task.Delay(20))
        {
            var endPoint = Addresses.EndPointOf(actual);
            using var socket = Addresses.NewSocket(endPoint);
            try
            {
                await socket.ConnectAsync(endPoint);
                return server;
            }
            catch (SocketException) when (Stopwatch.GetElapsedTime(since) < Patience && !process.HasExited)
            {
                // Nothing says when another program listens.
            }
            catch (SocketException)
            {
                await server.DisposeAsync();
                throw new BenchException($"{program} does not listen at {actual.Text}.");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static int FreePort()
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
