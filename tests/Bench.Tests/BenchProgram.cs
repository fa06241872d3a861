using System.Diagnostics;

namespace NetCore.Bench.Tests;

/// <summary>The tool as its users run it: a process of its own.</summary>
internal sealed class BenchProgram : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "NetCore.Bench.dll");

    private readonly Process _process;

    private BenchProgram(Process process) => _process = process;

    public static BenchProgram Start(params IEnumerable<string> arguments)
    {
        return new BenchProgram(Process.Start(new ProcessStartInfo("dotnet", [Program, .. arguments])
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

    /// <summary>The same with a variable in its environment; the output has what it complains of too.</summary>
    public static Task<(int ExitCode, string Output)> RunWithAsync(
        string variable, string value, params IEnumerable<string> arguments) =>
        RunAsync("dotnet", [Program, .. arguments], (variable, value));

    /// <summary>The same where the system lets nobody have a ring of io_uring.</summary>
    public static Task<(int ExitCode, string Output)> RunWithoutRingsAsync(params IEnumerable<string> arguments) =>
        RunAsync("dotnet", [
            Path.Combine(AppContext.BaseDirectory, "NetCore.Native.Peer.dll"), "deny", "1",
            "dotnet", Program, .. arguments,
        ]);

    /// <summary>The same as a program that may lock so much memory and no more.</summary>
    public static Task<(int ExitCode, string Output)> RunWithLockedMemoryAsync(
        int bytes, params IEnumerable<string> arguments)
    {
        // Root keeps the right to lock any amount, unless that is taken away.
        string[] poor = Environment.IsPrivilegedProcess
            ? ["setpriv", "--bounding-set=-ipc_lock", "--inh-caps=-ipc_lock", "dotnet"] : ["dotnet"];
        return RunAsync("prlimit", [$"--memlock={bytes}:{bytes}", .. poor, Program, .. arguments]);
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

    private static async Task<(int ExitCode, string Output)> RunAsync(
        string command, IEnumerable<string> arguments, params IEnumerable<(string Name, string Value)> environment)
    {
        var start = new ProcessStartInfo(command, arguments)
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var program = new BenchProgram(Process.Start(start)!);
        using var deadline = new CancellationTokenSource(Patience);
        var errors = program._process.StandardError.ReadToEndAsync(deadline.Token);
        var output = await program._process.StandardOutput.ReadToEndAsync(deadline.Token) + await errors;
        await program._process.WaitForExitAsync(deadline.Token);
        return (program._process.ExitCode, output);
    }
}
