using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using NetCore.Core;
using NetCore.Transport;

namespace NetCore.Protocols.Tests;

/// <summary>A server from a Debian package, alone for one test.</summary>
internal sealed class DebianServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly Process _process;
    private readonly string _folder;

    private DebianServer(Process process, string folder, TransportAddress address)
    {
        _process = process;
        _folder = folder;
        Address = address;
    }

    public TransportAddress Address { get; }

    /// <summary>Starts it and waits until it accepts. Skips the test where it is missing and may be.</summary>
    /// <param name="program">Its name in the PATH.</param>
    /// <param name="unix">Over a Unix socket, else over TCP.</param>
    /// <param name="arguments">From the socket file, or null, and the port, or 0.</param>
    public static async Task<DebianServer> StartAsync(string program, bool unix, Func<string?, int, string[]> arguments)
    {
        // Continuous integration installs the packages, so that there a missing one is a failure.
        var isCi = Environment.GetEnvironmentVariable("CI") is not (null or "" or "false");
        Assert.SkipUnless(isCi || IsThere(program), $"There is no {program}; see eng/debian-packages.txt.");

        var folder = Directory.CreateTempSubdirectory("nct-").FullName;
        var socket = Path.Combine(folder, "socket");
        var port = unix ? 0 : FreePort();
        var start = new ProcessStartInfo(program, arguments(unix ? socket : null, port))
        {
            WorkingDirectory = folder, RedirectStandardOutput = true,
        };
        var process = Process.Start(start)!;
        process.OutputDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        var address = TransportAddress.Parse(unix ? $"unix://{socket}" : $"tcp://127.0.0.1:{port}");
        var server = new DebianServer(process, folder, address);
        await server.WaitUntilItAcceptsAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static bool IsThere(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, program)));

    private static int FreePort()
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private async Task WaitUntilItAcceptsAsync()
    {
        var transport = Transports.Create(World.Default);
        for (var since = Stopwatch.GetTimestamp(); ;)
        {
            try
            {
                var connection = await transport.ConnectAsync(Address);
                await connection.DisposeAsync();
                return;
            }
            catch (TransportException) when (Stopwatch.GetElapsedTime(since) < Patience && !_process.HasExited)
            {
                // Nothing says when another program listens; the next attempt is the condition.
                await Task.Delay(20);
            }
        }
    }
}
