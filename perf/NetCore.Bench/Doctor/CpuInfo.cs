namespace NetCore.Bench.Doctor;

/// <summary>What <c>/proc/cpuinfo</c> says of the first core.</summary>
/// <param name="Model">Its name; null when there is none.</param>
/// <param name="Virtual">It says that a hypervisor is below; null when it lists no flags.</param>
internal sealed record CpuInfo(string? Model, bool? Virtual)
{
    public static CpuInfo Parse(string text)
    {
        var first = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in text.Split('\n'))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
            {
                first.TryAdd(line[..colon].Trim(), line[(colon + 1)..].Trim());
            }
        }

        // ARM names no model, only the numbers of who made the core and which one it is.
        var model = first.GetValueOrDefault("model name")
            ?? (first.TryGetValue("CPU part", out var part)
                ? $"ARM implementer {first.GetValueOrDefault("CPU implementer", "?")} part {part}" : null);
        bool? guest = first.TryGetValue("flags", out var flags) ? flags.Split(' ').Contains("hypervisor") : null;
        return new CpuInfo(string.IsNullOrEmpty(model) ? null : model, guest);
    }
}
