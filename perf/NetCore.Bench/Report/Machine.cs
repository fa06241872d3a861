using System.Runtime;
using System.Runtime.InteropServices;

namespace NetCore.Bench;

/// <summary>Finds out where and with what a run is made.</summary>
internal static class Machine
{
    public const string ReleaseBuild = "release";

    public static ReportMachine Describe(RunOptions options, AwakeChoice awake, PairSettings settings) => new()
    {
        Cpu = CpuModel(),
        Cores = Environment.ProcessorCount,
        System = $"{RuntimeInformation.OSDescription} ({RuntimeInformation.OSArchitecture})",
        Runtime = RuntimeInformation.FrameworkDescription,
        Build = BuildKind(),
        Collector = GCSettings.IsServerGC ? "server" : "workstation",
        ServerCore = settings.Cores.Server,
        ClientCore = settings.Cores.Client,
        Processors = settings.Processors,
        PoolSpin = settings.PoolSpin ? "default" : "off",
        TierDelay = settings.TierDelay ? "default" : "off",
        KeptAwake = awake.Mode switch
        {
            KeepAwake.Always => "all",
            KeepAwake.Never => "none",
            _ => "latency",
        },
        KeptAwakeReason = awake.Reason,
        At = DateTimeOffset.UtcNow,
        MeasuredSeconds = options.Measure.TotalSeconds,
        Rounds = options.Rounds,
        Arguments = options.Arguments,
    };

    private static string BuildKind() =>
#if DEBUG
        "debug";
#else
        ReleaseBuild;
#endif

    private static string CpuModel()
    {
        const string file = "/proc/cpuinfo";
        var line = File.Exists(file)
            ? File.ReadLines(file).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim() ?? "unknown CPU";
    }
}
