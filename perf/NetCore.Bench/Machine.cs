using System.Diagnostics;
using System.Runtime;
using System.Runtime.InteropServices;

namespace NetCore.Bench;

/// <summary>Where and with what it was measured; without that a figure says nothing.</summary>
internal sealed record Machine(
    string Cpu, int Cores, string System, string Runtime, string Build, string Collector, string Sources)
{
    public static Machine Describe() => new(
        CpuModel(),
        Environment.ProcessorCount,
        $"{RuntimeInformation.OSDescription} ({RuntimeInformation.OSArchitecture})",
        RuntimeInformation.FrameworkDescription,
        BuildKind(),
        GCSettings.IsServerGC ? "server" : "workstation",
        GitState());

    public IEnumerable<string> Lines() =>
    [
        $"machine   {Cpu}, {Cores} cores, {System}",
        $"runtime   {Runtime}, {Build} build, {Collector} GC",
        $"sources   {Sources}",
    ];

    private static string BuildKind() =>
#if DEBUG
        "DEBUG (figures of a debug build mean nothing: use -c Release)";
#else
        "release";
#endif

    private static string CpuModel()
    {
        const string file = "/proc/cpuinfo";
        var line = File.Exists(file)
            ? File.ReadLines(file).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim() ?? "unknown CPU";
    }

    private static string GitState()
    {
        try
        {
            var commit = Git("rev-parse", "--short", "HEAD");
            var dirty = Git("status", "--porcelain").Length > 0;
            return $"git {commit}, {(dirty ? "DIRTY: uncommitted changes" : "clean")}";
        }
        catch (Exception e)
        {
            return $"git state unknown ({e.Message})";
        }
    }

    // Where the program was built, which is inside of the repository.
    private static string Git(params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("git", ["-C", AppContext.BaseDirectory, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new BenchException("no git repository");
    }
}
