using System.Text.Json;
using NetCore.Bench.Doctor;
using NetCore.Core;
using NetCore.Transport;

namespace NetCore.Bench.Tests.Doctor;

public class DoctorTests
{
    public static bool NotLinux => !OperatingSystem.IsLinux();

    [Fact]
    public void Without_any_file_every_fact_is_unknown_with_its_reason()
    {
        var facts = new SystemFacts(new SystemFiles(Path.Combine(Path.GetTempPath(), "there-is-no-such-folder")));
        var all = facts.Sections.SelectMany(static section => section.Facts).ToList();
        Assert.NotEmpty(all);
        Assert.All(all, static fact =>
            Assert.True(fact.Value is not null || fact.Reason is { Length: > 5 }, fact.Name));
        Assert.Contains(all, static fact => fact is { Name: "kernel", Value: null });
        Assert.Contains(all, static fact => fact is { Name: "clock source", Value: null });
        Assert.Equal([0], facts.Allowed);
        Assert.Equal(double.PositiveInfinity, facts.Quota);
    }

    [Fact]
    public void The_tightest_quota_on_the_way_up_counts()
    {
        var root = Directory.CreateTempSubdirectory("doctor").FullName;
        try
        {
            Write(root, "/proc/self/cgroup", "0::/a/b\n");
            Write(root, "/proc/self/mountinfo", "35 25 0:30 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n");
            Write(root, "/sys/fs/cgroup/a/b/cpu.max", "max 100000\n");
            Write(root, "/sys/fs/cgroup/a/cpu.max", "50000 100000\n");
            Write(root, "/sys/fs/cgroup/a/memory.max", "1073741824\n");
            var facts = new SystemFacts(new SystemFiles(root));
            var all = facts.Sections.SelectMany(static section => section.Facts).ToDictionary(static fact => fact.Name);
            Assert.Equal(0.5, facts.Quota);
            Assert.Equal("0.5 cores", all["CPU quota"].Value);
            Assert.Equal("1 GiB", all["memory limit"].Value);
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    [Fact(Skip = "Linux only", SkipWhen = nameof(NotLinux))]
    public void Each_engine_is_usable_or_says_why_not()
    {
        EngineReport[] engines = [UringProbe.Run(new SystemFiles(), out var flags), EpollProbe.Run()];
        Assert.All(engines, static engine => Assert.True(engine.Reason.Length > 0));
        Assert.Equal(engines[0].Usable, flags is not null);
        Assert.All(
            engines.SelectMany(static engine => engine.Features),
            static feature => Assert.Equal(feature.Usable, feature.Reason is null));
        Assert.True(engines[1].Usable, engines[1].Reason);
    }

    [Fact(Skip = "Linux only", SkipWhen = nameof(NotLinux))]
    public void An_examination_measures_everything_and_chooses()
    {
        var steps = new List<string>();
        var report = new Examination(new SystemFiles(), steps.Add).Run();
        Assert.True(steps.Count >= 5);
        Assert.All(report.Measurements, static one =>
            Assert.True(one.MedianNs > 0 || one.Reason is { Length: > 5 }, one.Name));
        Assert.Contains(report.Measurements, static one => one is { Name: "system call", MedianNs: > 0 });
        Assert.Equal(3, report.Choice.Reasons.Count);
        using var json = JsonDocument.Parse(Json.WritePage(report));
        Assert.Equal(1, json.RootElement.GetProperty("schema").GetInt32());
        var text = DoctorText.Of(report);
        Assert.Contains("recommendation", text, StringComparison.Ordinal);
        Assert.All(report.Measurements, one => Assert.Contains(one.Name, text, StringComparison.Ordinal));
        Assert.Contains(report.Measurements, static one => one.Name == EngineRate.NameOf("epoll") && one.MedianNs > 0);
        AssertIsTaken(report);
    }

    [Fact(Skip = "Linux only", SkipWhen = nameof(NotLinux))]
    public async Task Without_rings_the_engine_over_them_is_unknown_for_a_reason()
    {
        var (exitCode, output) = await BenchProgram.RunWithoutRingsAsync("doctor", "--json");
        Assert.True(exitCode == ExitCode.Success, output);
        var report = Read(output);
        const string reason = "io_uring is forbidden here";
        var row = Assert.Single(report.Measurements, static one => one.Name == EngineRate.NameOf("uring"));
        Assert.Null(row.MedianNs);
        Assert.StartsWith(reason, row.Reason);
        Assert.Contains($"and not on io_uring ({reason}", report.Choice.Reasons[0], StringComparison.Ordinal);
        Assert.Equal("epoll", report.Choice.Engine);
    }

    [Fact(Skip = "Linux only", SkipWhen = nameof(NotLinux))]
    public async Task With_little_locked_memory_rings_are_refused_for_that_and_not_recommended()
    {
        // Room for one small ring, which is held while the others are tried.
        const int bytes = 3 * 4096;
        var (exitCode, output) = await BenchProgram.RunWithLockedMemoryAsync(bytes, "doctor", "--json");
        Assert.True(exitCode == ExitCode.Success, output);
        var report = Read(output);
        var uring = report.Engines[0];
        Assert.SkipWhen(uring.Usable, "This kernel does not count the memory of rings.");
        Assert.StartsWith("the limit of locked memory is used up", uring.Reason);
        Assert.NotEqual("uring", report.Choice.Engine);
    }

    // What the command tells on standard error stands before or behind it.
    private static DoctorReport Read(string output) => Json.Read<DoctorReport>(
        output[output.IndexOf('{', StringComparison.Ordinal)..(output.LastIndexOf('}') + 1)]);

    // NetCore runs on the engine of the file that the command saves.
    private static void AssertIsTaken(DoctorReport report)
    {
        const string variable = "NETCORE_TRANSPORT_PROFILE";
        using var file = new TemporaryFile();
        File.WriteAllText(file.Path, Json.WritePage(SavedChoice.Of(report)));
        Environment.SetEnvironmentVariable(variable, file.Path);
        try
        {
            using var world = new World(new WorldOptions());
            var transport = Transports.Create(world, new TransportOptions { Reactors = 1 });
            Assert.Equal(report.Choice.Engine, transport.Backend);
            Assert.Contains(file.Path, transport.BackendReason, StringComparison.Ordinal);
        }
        finally
        {
            Environment.SetEnvironmentVariable(variable, null);
        }
    }

    private static void Write(string root, string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(root + path)!);
        File.WriteAllText(root + path, text);
    }
}
