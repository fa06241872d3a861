using System.Diagnostics;

namespace NetCore.Fuzz.Tests;

/// <summary>The program in a process of its own, as somebody starts it.</summary>
internal static class FuzzProgram
{
    /// <summary>For what takes a second: a busy machine may keep it that long.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <summary>Starts it.</summary>
    public static Process Start(params string[] arguments) => Process.Start(
        new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "NetCore.Fuzz.dll"), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;

    /// <summary>Runs it to its end, with an input that is at its end.</summary>
    public static (int Exit, string Output) Run(params string[] arguments)
    {
        using var process = Start(arguments);
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd() + errors.GetAwaiter().GetResult();
        Assert.True(process.WaitForExit(Patience));
        return (process.ExitCode, output);
    }
}
