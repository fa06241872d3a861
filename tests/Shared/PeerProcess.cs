using System.Diagnostics;
using System.Globalization;

namespace NetCore.Testing.Shared;

/// <summary>A program of ours in a process of its own, which prints its port first; disposing kills it.</summary>
public sealed class PeerProcess : IDisposable
{
    private readonly Process _process;

    private PeerProcess(Process process, int port)
    {
        _process = process;
        Port = port;
    }

    public int Port { get; }

    /// <param name="program">Assembly beside that of the test.</param>
    /// <param name="arguments">Of the program.</param>
    public static PeerProcess Start(string program, params string[] arguments)
    {
        var path = Path.Combine(AppContext.BaseDirectory, $"{program}.dll");
        var start = new ProcessStartInfo("dotnet", [path, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var process = Process.Start(start)!;
        try
        {
            var port = process.StandardOutput.ReadLine();
            return new PeerProcess(process, int.Parse(port!, CultureInfo.InvariantCulture));
        }
        catch
        {
            process.Kill();
            process.Dispose();
            throw;
        }
    }

    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Freeze()
    {
        using var kill = Process.Start("kill", ["-STOP", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();

        // The signal is sent then, and each thread stops when it gets to it.
        if (kill.ExitCode != 0 || !SpinWait.SpinUntil(IsStopped, TimeSpan.FromSeconds(90)))
        {
            throw new InvalidOperationException("The process does not stop.");
        }
    }

    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }

    private bool IsStopped() => Directory.EnumerateDirectories($"/proc/{_process.Id}/task").All(static thread =>
    {
        var stat = File.ReadAllText(Path.Combine(thread, "stat"));

        // "id (name) state ..."; the name may hold anything.
        return stat[stat.LastIndexOf(')') + 2] == 'T';
    });
}
