using System.Globalization;

namespace NetCore.Bench.Doctor;

/// <summary>How many cores' worth of time a control group may use.</summary>
internal static class CpuQuota
{
    /// <summary>
    /// Cores by the texts of version 2 (<c>max 100000</c>); positive infinity is no limit, null is not understood.
    /// </summary>
    public static double? ParseMax(string text) =>
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var quota, var period] ? Of(quota, period) : null;

    /// <summary>Cores by the two files of version 1; -1 is no limit there.</summary>
    public static double? Of(string quota, string period)
    {
        if (quota is "max" or "-1")
        {
            return double.PositiveInfinity;
        }

        return long.TryParse(quota, NumberStyles.None, CultureInfo.InvariantCulture, out var time)
            && long.TryParse(period, NumberStyles.None, CultureInfo.InvariantCulture, out var span)
            && span > 0
                ? (double)time / span
                : null;
    }

    /// <summary>The tightest quota from the process's group upwards.</summary>
    public static Fact Find(SystemFiles files, CgroupMount? mount, out double cores)
    {
        const string name = "CPU quota";
        cores = double.PositiveInfinity;
        if (mount is null)
        {
            return Fact.Unknown(name, "no cgroup with a cpu controller is mounted");
        }

        var seen = false;
        foreach (var folder in mount.Upwards())
        {
            if (Read(files, mount, folder) is { } found)
            {
                seen = true;
                cores = Math.Min(cores, found);
            }
        }

        // The top of version 2 has no such file, and neither has a group without the controller.
        return cores < double.PositiveInfinity
            ? Fact.Of(name, string.Create(CultureInfo.InvariantCulture, $"{cores:0.##} cores"), "past it the kernel "
                + "stops every thread until the period ends: tails of many milliseconds")
            : Fact.Of(name, seen ? "none" : "none set");
    }

    private static double? Read(SystemFiles files, CgroupMount mount, string folder) => mount.Unified
        ? files.Read(folder + "/cpu.max").Text is { } max ? ParseMax(max) : null
        : files.Read(folder + "/cpu.cfs_quota_us").Text is { } quota
            && files.Read(folder + "/cpu.cfs_period_us").Text is { } period ? Of(quota, period) : null;
}
