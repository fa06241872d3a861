namespace NetCore.Fuzz.Tests;

/// <summary>The program as somebody runs it who has an input.</summary>
public sealed class ReplayTests
{
    [Theory]
    [InlineData("replay crc /nowhere/input.bin", "/nowhere/input.bin")]
    [InlineData("replay nothing /nowhere/input.bin", "No target 'nothing'; there are wire, lz4,")]
    [InlineData("run --target nothing", "No target 'nothing'; there are wire, lz4,")]
    [InlineData("corpus nothing /nowhere", "No target 'nothing'; there are wire, lz4,")]
    [InlineData("afl nothing", "No target 'nothing'; there are wire, lz4,")]
    [InlineData("run --targets crc", "There is no '--targets'")]
    [InlineData("run --target", "nothing stands behind it")]
    [InlineData("run --minutes soon", "'soon' is no number for --minutes")]
    [InlineData("run --workers -1", "'-1' is no number for --workers")]
    [InlineData("run --folder /dev/null/fuzz", "The folder /dev/null/fuzz cannot be used: ")]
    public void What_is_missing_or_unknown_is_named_in_one_line(string arguments, string reason)
    {
        var (exit, output) = FuzzProgram.Run(arguments.Split(' '));
        Assert.Equal(2, exit);
        Assert.Contains(reason, output, StringComparison.Ordinal);
        Assert.Equal(1, output.Count(letter => letter == '\n'));
    }

    [Fact]
    public void Help_is_printed_when_asked_for()
    {
        var (exit, output) = FuzzProgram.Run("--help");
        Assert.Equal(0, exit);
        Assert.Contains("replay TARGET FILE...", output, StringComparison.Ordinal);
    }
}
