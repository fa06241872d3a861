using System.IO.Compression;
using System.Text.RegularExpressions;
using NetCore.Fuzz.Driver;

namespace NetCore.Fuzz.Tests;

/// <summary>Targets with a bug each: a driver that does not find them finds nothing.</summary>
public sealed class CanaryTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("nct-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("canary-throw", "BrokenLawException")]
    [InlineData("canary-read-behind", "The process ended with")]
    [InlineData("canary-read-before", "The process ended with")]
    [InlineData("canary-stack", "The process ended with")]
    [InlineData("canary-slow", "It takes more than 50 ms")]
    [InlineData("canary-hang", "It has not ended")]
    [InlineData("canary-wait", "It has not ended")]
    [InlineData("canary-allocate", "allocated")]
    public void The_driver_finds_it_and_keeps_the_input(string name, string text)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The guard pages are those of Linux.");
        var finding = Assert.Single(Run(name, Patience, out var output));
        Assert.Contains(text, finding.Text, StringComparison.Ordinal);
        Assert.True(finding.Repeats, finding.Text);
        var path = Assert.Single(Directory.GetFiles(Path.Combine(_folder, "findings"), "*.bin"));
        var input = File.ReadAllBytes(path);
        Assert.Equal(finding.Input, input);
        var command = Regex.Match(output, @"echo (\S+) \| base64 -d \| gunzip > \S+\.bin");
        Assert.Equal(input, Unpack(command.Groups[1].Value));
        Assert.True(name == "canary-allocate" ? input[1] > 64 : input[1] == 0x42);
    }

    // What burns processor time is found although it needs inputs before it, so that no other process repeats it.
    [Fact]
    public void A_hang_that_needs_earlier_inputs_is_found()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The guard pages are those of Linux.");
        var finding = Assert.Single(Run("canary-often", Patience, out _));
        Assert.Contains("It has not ended", finding.Text, StringComparison.Ordinal);
        Assert.False(finding.Repeats);
    }

    [Fact]
    public void A_target_without_a_bug_is_run_until_the_time_is_over_and_counted()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The guard pages are those of Linux.");
        Assert.Empty(Run("crc", TimeSpan.FromSeconds(1.5), out var output));
        Assert.Contains("seed 1", output, StringComparison.Ordinal);
        Assert.Matches(@"[1-9][\d,]* executions in \d+ s, 0 findings", output);
        Assert.False(Directory.Exists(Path.Combine(_folder, "findings")));
    }

    // A machine that has other things to do lets an input take any time, and that is no fault of the input.
    [Fact]
    public void An_input_that_is_kept_waiting_is_not_found()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The guard pages are those of Linux.");
        var input = new byte[] { 0, 0x42, 0 };
        Assert.Null(Worker.Judge(Targets.Get("kept-waiting"), input));
        Assert.NotNull(Worker.Judge(Targets.Get("canary-slow"), input));
    }

    private static byte[] Unpack(string packed)
    {
        using var gzip = new GZipStream(new MemoryStream(Convert.FromBase64String(packed)), CompressionMode.Decompress);
        using var input = new MemoryStream();
        gzip.CopyTo(input);
        return input.ToArray();
    }

    private IReadOnlyList<Finding> Run(string target, TimeSpan time, out string output)
    {
        using var writer = new StringWriter();
        var findings = new Campaign(
            new CampaignOptions
            {
                Targets = [Targets.Get(target)],
                Time = time,
                Workers = 1,
                Seed = 1,
                MostFindings = 1,
                Folder = _folder,
                Stall = TimeSpan.FromSeconds(1),
                JudgeLimit = TimeSpan.FromSeconds(10),

                // Of the wall: short only where a wait is the bug.
                Patience = TimeSpan.FromSeconds(target == "canary-wait" ? 6 : 60),
                StartPatience = TimeSpan.FromSeconds(target == "canary-wait" ? 20 : 60),
            },
            writer).Run();
        output = writer.ToString();
        return findings;
    }
}
