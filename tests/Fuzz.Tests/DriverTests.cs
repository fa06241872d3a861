using System.Diagnostics;
using System.Globalization;
using NetCore.Fuzz.Driver;

namespace NetCore.Fuzz.Tests;

/// <summary>A driver, its children and its folder when something ends it, or a second one comes.</summary>
public sealed class DriverTests : IDisposable
{
    // Far longer than a test is patient: nothing ends because its time is over.
    private const string Minutes = "15";

    // More than a minute: counted in looks, since a machine that stops the tests for a while stops the driver too.
    private const int PauseMilliseconds = 50;
    private const int MostLooks = 1500;

    private readonly string _folder = Directory.CreateTempSubdirectory("nct-").FullName;
    private Process? _driver;

    public void Dispose()
    {
        _driver?.Kill();

        // With a limit it does not wait for the end of the output as well, which children that are left hold open.
        _driver?.WaitForExit(FuzzProgram.Patience);
        _driver?.Dispose();
        foreach (var id in Children("work").Concat(Children("replay")))
        {
            Signal("-KILL", id);
        }

        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("crc", "2", "work", "-KILL")]
    [InlineData("crc", "2", "work", "-TERM")]
    [InlineData("canary-hang", "1", "replay", "-KILL")]
    public void The_children_of_a_driver_that_was_killed_end(string target, string count, string work, string signal)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The guard pages are those of Linux.");
        StartDriver(target, count);
        Until(() => Children(work).Count == int.Parse(count, CultureInfo.InvariantCulture));
        Signal(signal, _driver!.Id);
        Assert.True(_driver.WaitForExit(FuzzProgram.Patience));
        Until(() => Children("work").Count + Children("replay").Count == 0);
    }

    [Fact]
    public void A_worker_without_a_driver_runs_its_time_whatever_its_input_is()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The guard pages are those of Linux.");
        using var file = new WorkerFile(Path.Combine(_folder, "worker-0"), create: true);
        Assert.Equal((0, ""), FuzzProgram.Run("work", Path.Combine(_folder, "worker-0"), "1", "1", "crc"));
        Assert.True(file.Executions > 0);
    }

    [Fact]
    public void A_second_driver_in_a_folder_says_so_and_ends_until_the_first_is_gone()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The guard pages are those of Linux.");
        StartDriver("crc", "1");
        Until(() => Children("work").Count == 1);
        var (exit, output) = FuzzProgram.Run(Short("lz4"));
        Assert.Equal(2, exit);
        Assert.Contains($"Another driver runs in {_folder}: ", output, StringComparison.Ordinal);
        Assert.Contains("--folder NAME", output, StringComparison.Ordinal);
        Assert.Equal(1, output.Count(letter => letter == '\n'));
        Assert.Single(Children("work"));

        _driver!.Kill();
        Assert.True(_driver.WaitForExit(FuzzProgram.Patience));
        Assert.Equal(0, FuzzProgram.Run(Short("lz4")).Exit);
    }

    // Not even what it was about to write, in the moment in which it has yet to find out that its driver was killed.
    [Fact]
    public void The_worker_of_an_earlier_driver_does_not_write_into_the_file_of_a_later_one()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The guard pages are those of Linux.");
        using var earlier = new WorkerFile(Path.Combine(_folder, "worker-0"), create: true);
        var mapped = earlier.Map();
        mapped.Place(0, [1, 2, 3], atStart: false);
        Assert.Equal(0, FuzzProgram.Run(Short("crc")).Exit);
        mapped.Count(0);
        Assert.Equal(1, earlier.Executions);
        Assert.Equal([1, 2, 3], earlier.LastInput().Input);
    }

    private static void Until(Func<bool> condition)
    {
        for (var looks = 0; !condition(); looks++)
        {
            Assert.True(looks < MostLooks);

            // A look at all processes of a machine takes some of its time, which the driver needs.
            Thread.Sleep(PauseMilliseconds);
        }
    }

    private static void Signal(string signal, int process)
    {
        using var kill = Process.Start("kill", [signal, process.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    private string[] Short(string target) =>
        ["run", "--folder", _folder, "--workers", "1", "--minutes", "0.01", "--target", target];

    private void StartDriver(string target, string workers)
    {
        // Itself a child, so that it ends also when somebody kills the tests.
        _driver = FuzzProgram.Start(
            Child.Watching, "run", "--folder", _folder, "--workers", workers, "--minutes", Minutes, "--target", target);
        _driver.BeginOutputReadLine();
        _driver.BeginErrorReadLine();
    }

    // Processes that do this in the folder of the test; one that has ended and that nobody asks for has no arguments.
    private List<int> Children(string work)
    {
        var found = new List<int>();
        foreach (var process in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(process), CultureInfo.InvariantCulture, out var id)
                && ArgumentsOf(process) is var arguments && arguments.Contains(work)
                && Array.Exists(arguments, one => one.StartsWith(_folder, StringComparison.Ordinal)))
            {
                found.Add(id);
            }
        }

        return found;
    }

    private static string[] ArgumentsOf(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline")).Split('\0');
        }
        catch (IOException)
        {
            // It has ended meanwhile.
            return [];
        }
    }
}
