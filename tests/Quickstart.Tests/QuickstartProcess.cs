using System.Diagnostics;

namespace NetCore.Quickstart.Tests;

/// <summary>The program, run as a process of its own.</summary>
internal static class QuickstartProcess
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    public static Task<(int Exit, string Output)> RunAsync(params string[] arguments) =>
        RunProgramAsync("NetCore.Quickstart", arguments);

    /// <summary>The same for another sample.</summary>
    public static Task<(int Exit, string Output)> RunProgramAsync(string program, params string[] arguments) =>
        RunProgramWithAsync(null, null, program, arguments);

    /// <summary>The same with a variable in its environment.</summary>
    public static async Task<(int Exit, string Output)> RunProgramWithAsync(
        string? variable, string? value, string program, params string[] arguments)
    {
        var info = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        if (variable is not null)
        {
            info.Environment[variable] = value;
        }

        info.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, program + ".dll"));
        foreach (var argument in arguments)
        {
            info.ArgumentList.Add(argument);
        }

        using var process = Process.Start(info)!;
        try
        {
            using var timeout = new CancellationTokenSource(Deadline);
            var output = process.StandardOutput.ReadToEndAsync(timeout.Token);
            var errors = process.StandardError.ReadToEndAsync(timeout.Token);
            await process.WaitForExitAsync(timeout.Token);
            return (process.ExitCode, await output + await errors);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
