using System.Diagnostics;
using System.Net.Sockets;
using NetCore.Transport;

namespace NetCore.Quickstart.Tests;

/// <summary>A sample that listens, as a process of its own.</summary>
internal sealed class ServerProcess : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(90);

    private readonly Process _process;

    private ServerProcess(Process process, TransportAddress address)
    {
        _process = process;
        Address = address;
    }

    public TransportAddress Address { get; }

    /// <summary>Starts it; its first line ends with its address.</summary>
    public static async Task<ServerProcess> StartAsync(string program, params string[] arguments)
    {
        var info = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        info.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, program + ".dll"));
        foreach (var argument in arguments)
        {
            info.ArgumentList.Add(argument);
        }

        var process = Process.Start(info)!;
        try
        {
            var line = await process.StandardOutput.ReadLineAsync().WaitAsync(Deadline);
            return new ServerProcess(process, line!.Split(' ')[^1]);
        }
        catch
        {
            process.Kill();
            throw;
        }
    }

    public async Task<Socket> ConnectAsync()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(Address.Host, Address.Port);
        return socket;
    }

    /// <summary>Asks it to end as a service manager does, and gives its exit code.</summary>
    public async Task<int> TerminateAsync()
    {
        using var kill = Process.Start("kill", $"-TERM {_process.Id}");
        await _process.WaitForExitAsync().WaitAsync(Deadline);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
