using System.Diagnostics;

namespace NetCore.Bench.Tests;

/// <summary>The tool as its users run it: a process of its own.</summary>
internal sealed class BenchProgram : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly Process _process;

    private BenchProgram(Process process) => _process = process;

    public static BenchProgram Start(params IEnumerable<string> arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "NetCore.Bench.dll");
        return new BenchProgram(Process.Start(new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            RedirectStandardOutput = true,
        })!);
    }

    /// <summary>Runs it to its end.</summary>
    public static (int ExitCode, string Output) Run(params IEnumerable<string> arguments)
    {
        using var program = Start(arguments);
        var output = program._process.StandardOutput.ReadToEnd();
        Assert.True(program._process.WaitForExit(Patience));
        return (program._process.ExitCode, output);
    }

    public string ReadLine() => _process.StandardOutput.ReadLine() ?? throw new EndOfStreamException();

    /// <summary>Asks it to stop as a shell or an init system does, and gives its exit code.</summary>
    public int Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        kill.WaitForExit();
        Assert.True(_process.WaitForExit(Patience));
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
    }
}
