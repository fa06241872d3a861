using System.Diagnostics;

namespace NetCore.Quickstart;

/// <summary>This program again, as a child that never outlives us.</summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly Process _process;

    private ChildProcess(Process process) => _process = process;

    public int Id => _process.Id;

    public static ChildProcess Start(bool readOutput, params string[] arguments)
    {
        var info = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = readOutput,
        };

        // Under 'dotnet exec' the process is the runtime, and the program its first argument.
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            info.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "NetCore.Quickstart.dll"));
        }

        foreach (var argument in arguments)
        {
            info.ArgumentList.Add(argument);
        }

        return new ChildProcess(Process.Start(info) ?? throw new IOException("The child process did not start."));
    }

    public ValueTask<string?> ReadLineAsync(CancellationToken stop) => _process.StandardOutput.ReadLineAsync(stop);

    public void CloseInput() => _process.StandardInput.Close();

    public async Task<int> WaitAsync(CancellationToken stop)
    {
        await _process.WaitForExitAsync(stop);
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
