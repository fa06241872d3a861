using System.Diagnostics;
using System.Net.Sockets;
using NetCore.Transport;

namespace NetCore.Quickstart.Tests;

/// <summary>A sample that listens, or stays connected to one that does, as a process of its own.</summary>
internal sealed class ServerProcess : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(90);

    private readonly Process _process;
    private readonly Task<string> _errors;

    private ServerProcess(Process process, TransportAddress address, string line)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
        Address = address;
        Line = line;
    }

    public TransportAddress Address { get; }

    /// <summary>Its first line.</summary>
    public string Line { get; }

    /// <summary>Starts it; its first line has its address.</summary>
    public static async Task<ServerProcess> StartAsync(string program, params string[] arguments)
    {
        var info = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        info.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, program + ".dll"));
        foreach (var argument in arguments)
        {
            info.ArgumentList.Add(argument);
        }

        var process = Process.Start(info)!;
        try
        {
            var line = await process.StandardOutput.ReadLineAsync().WaitAsync(Deadline);
            return new ServerProcess(process, Array.Find(line!.Split(' '), IsAddress)!, line);
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

    /// <summary>Waits until it ends by itself, and gives its exit code and what it wrote on standard error.</summary>
    public async Task<(int Exit, string Errors)> EndAsync()
    {
        _ = await _process.StandardOutput.ReadToEndAsync().WaitAsync(Deadline);
        await _process.WaitForExitAsync().WaitAsync(Deadline);
        return (_process.ExitCode, await _errors);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private static bool IsAddress(string word) => word.Contains("://", StringComparison.Ordinal);
}
