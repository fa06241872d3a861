using System.Globalization;

namespace NetCore.Bench.Doctor;

/// <summary>How much memory a control group may use.</summary>
internal static class MemoryLimit
{
    // Version 1 writes "no limit" as the largest multiple of a page below 2^63.
    private const long NoLimit = 1L << 62;

    /// <summary>Bytes; <see cref="long.MaxValue"/> is no limit, null is not understood.</summary>
    public static long? Parse(string text)
    {
        if (text == "max")
        {
            return long.MaxValue;
        }

        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes)
            ? bytes >= NoLimit ? long.MaxValue : bytes
            : null;
    }

    /// <summary>The tightest limit from the process's group upwards.</summary>
    public static Fact Find(SystemFiles files, CgroupMount? mount)
    {
        const string name = "memory limit";
        if (mount is null)
        {
            return Fact.Unknown(name, "no cgroup with a memory controller is mounted");
        }

        var file = mount.Unified ? "/memory.max" : "/memory.limit_in_bytes";
        var least = mount.Upwards().Select(folder => files.Read(folder + file).Text)
            .Select(text => text is null ? null : Parse(text)).Min();
        return least is null or long.MaxValue ? Fact.Of(name, "none") : Fact.Of(name, Sizes.Text(least.Value));
    }
}
