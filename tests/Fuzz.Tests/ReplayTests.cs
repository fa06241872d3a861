using System.Diagnostics;

namespace NetCore.Fuzz.Tests;

/// <summary>The program as somebody runs it who has an input.</summary>
public sealed class ReplayTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [Theory]
    [InlineData("crc", "/nowhere/input.bin", "/nowhere/input.bin")]
    [InlineData("nothing", "/nowhere/input.bin", "No target 'nothing'; there are wire, lz4,")]
    public void What_is_missing_is_named_alone(string target, string file, string reason)
    {
        var (exit, output) = Run("replay", target, file);
        Assert.Equal(2, exit);
        Assert.Contains(reason, output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Help_is_printed_when_asked_for()
    {
        var (exit, output) = Run("--help");
        Assert.Equal(0, exit);
        Assert.Contains("replay TARGET FILE...", output, StringComparison.Ordinal);
    }

    private static (int Exit, string Output) Run(params string[] arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "NetCore.Fuzz.dll");
        using var process = Process.Start(new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd() + errors.GetAwaiter().GetResult();
        Assert.True(process.WaitForExit(Patience));
        return (process.ExitCode, output);
    }
}
