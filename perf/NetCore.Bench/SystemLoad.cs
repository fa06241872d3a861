using System.Globalization;

namespace NetCore.Bench;

/// <summary>What all processes together have used since the machine started, from <c>/proc/stat</c>.</summary>
/// <param name="Busy">Ticks of user and kernel code; not those of interrupts, which belong to nobody.</param>
/// <param name="Stolen">Ticks taken by the hypervisor.</param>
/// <param name="All">Ticks of every kind, idle ones included, over all cores.</param>
internal sealed record SystemLoad(double Busy, double Stolen, double All)
{
    // USER_HZ, the same on every Linux that .NET runs on.
    private const double TicksPerSecond = 100;

    /// <summary>Null where there is no such file.</summary>
    public static SystemLoad? Now()
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        // cpu user nice system idle iowait irq softirq steal, then guest times, which user holds already.
        var ticks = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Skip(1).Take(8).Select(field => double.Parse(field, CultureInfo.InvariantCulture)).ToArray();
        return new SystemLoad(ticks[0] + ticks[1] + ticks[2], ticks[7], ticks.Sum());
    }

    /// <summary>What happened since <paramref name="before"/> apart from the programs of this run.</summary>
    public Disturbance Since(SystemLoad before, TimeSpan ownCpu)
    {
        var all = Math.Max(1, All - before.All);
        var foreign = Busy - before.Busy - (ownCpu.TotalSeconds * TicksPerSecond);
        return new Disturbance(Math.Max(0, foreign) / all, (Stolen - before.Stolen) / all);
    }
}
