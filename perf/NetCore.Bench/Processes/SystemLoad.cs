using System.Globalization;

namespace NetCore.Bench;

/// <summary>What all programs together have used of one core, or of all, since the machine started.</summary>
/// <param name="Busy">Ticks of user and kernel code; not those of interrupts, which belong to nobody.</param>
/// <param name="Stolen">Ticks taken by the hypervisor.</param>
/// <param name="All">Ticks of every kind, idle ones included.</param>
internal sealed record SystemLoad(double Busy, double Stolen, double All)
{
    /// <summary>Key of the sum over all cores.</summary>
    public const int AllCores = -1;

    private const string File = "/proc/stat";

    // USER_HZ, the same on every Linux that .NET runs on.
    private const double TicksPerSecond = 100;

    // The kernel counts whole ticks, so a short stretch may be off by one at either end.
    private const double Uncertain = 2;

    /// <summary>By core; empty where there is no such file.</summary>
    public static IReadOnlyDictionary<int, SystemLoad> Now() => OperatingSystem.IsLinux()
        ? Parse(System.IO.File.ReadLines(File))
        : new Dictionary<int, SystemLoad>();

    /// <summary>Of all cores together; null where there is no such file.</summary>
    public static SystemLoad? OfMachine() => Now().GetValueOrDefault(AllCores);

    /// <summary>Reads the lines that start with <c>cpu</c>.</summary>
    public static IReadOnlyDictionary<int, SystemLoad> Parse(IEnumerable<string> lines)
    {
        const string prefix = "cpu";
        var loads = new Dictionary<int, SystemLoad>();
        foreach (var line in lines.TakeWhile(static l => l.StartsWith(prefix, StringComparison.Ordinal)))
        {
            // cpu user nice system idle iowait irq softirq steal, then guest times, which user holds already.
            var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var ticks = fields.Skip(1).Take(8)
                .Select(field => double.Parse(field, CultureInfo.InvariantCulture)).ToArray();
            var core = fields[0] == prefix
                ? AllCores
                : int.Parse(fields[0].AsSpan(prefix.Length), CultureInfo.InvariantCulture);
            loads[core] = new SystemLoad(ticks[0] + ticks[1] + ticks[2], ticks[7], ticks.Sum());
        }

        return loads;
    }

    /// <summary>What happened since <paramref name="before"/> apart from the programs of this run.</summary>
    public Disturbance Since(SystemLoad before, TimeSpan ownCpu)
    {
        var all = Math.Max(1, All - before.All);
        var foreign = Busy - before.Busy - (ownCpu.TotalSeconds * TicksPerSecond) - Uncertain;
        return new Disturbance(Math.Max(0, foreign) / all, (Stolen - before.Stolen) / all);
    }
}
