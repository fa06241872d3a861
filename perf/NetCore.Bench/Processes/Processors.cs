using System.Globalization;
using System.Runtime.InteropServices;

namespace NetCore.Bench;

/// <summary>Cores: which there are, and who runs where. On Linux; elsewhere nothing is pinned.</summary>
internal static partial class Processors
{
    private const int MaskWords = 16;

    /// <summary>Highest number that a mask of this size holds.</summary>
    public const int MaxCore = (MaskWords * 64) - 1;

    /// <summary>Cores that this process may use, ascending; empty when that is not known.</summary>
    public static IReadOnlyList<int> Allowed { get; } = OperatingSystem.IsLinux() ? ReadAllowed() : [];

    /// <summary>The program that starts another one on a core; null when it is not installed.</summary>
    public static string? TaskSet { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(':', StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, "taskset"))
        .FirstOrDefault(File.Exists);

    /// <summary>Binds every thread of this process, and with them all later ones, to <paramref name="core"/>.</summary>
    /// <exception cref="BenchException">The system refused.</exception>
    public static void Pin(int core)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new BenchException("--core works on Linux only.");
        }

        if (Allowed is [var only] && only == core)
        {
            return;
        }

        var mask = new ulong[MaskWords];
        mask[core / 64] = 1UL << (core % 64);
        foreach (var thread in Directory.EnumerateDirectories("/proc/self/task"))
        {
            var id = int.Parse(Path.GetFileName(thread), CultureInfo.InvariantCulture);
            if (SetAffinity(id, MaskWords * sizeof(ulong), mask) == 0)
            {
                continue;
            }

            // Before anything else sets it; a thread that has ended meanwhile needs no core.
            var error = Marshal.GetLastPInvokeErrorMessage();
            if (Directory.Exists(thread))
            {
                throw new BenchException(
                    $"Core {core} cannot be used ({error}); this process may use {string.Join(", ", Allowed)}.");
            }
        }
    }

    /// <summary>Lets the calling thread run only when its core has nothing else to do (SCHED_IDLE).</summary>
    /// <exception cref="BenchException">The system refused.</exception>
    public static void BeIdle()
    {
        const int idlePolicy = 5;
        var priority = 0;
        if (SetScheduler(0, idlePolicy, in priority) != 0)
        {
            throw new BenchException($"No idle priority: {Marshal.GetLastPInvokeErrorMessage()}.");
        }
    }

    // "Cpus_allowed_list:   0-1,4"
    private static List<int> ReadAllowed()
    {
        const string field = "Cpus_allowed_list:";
        var list = File.ReadLines("/proc/self/status").First(line => line.StartsWith(field, StringComparison.Ordinal));
        var cores = new List<int>();
        foreach (var range in list[field.Length..].Trim().Split(','))
        {
            var ends = range.Split('-');
            var first = int.Parse(ends[0], CultureInfo.InvariantCulture);
            var last = int.Parse(ends[^1], CultureInfo.InvariantCulture);
            cores.AddRange(Enumerable.Range(first, last - first + 1));
        }

        return cores;
    }

    [LibraryImport("libc", EntryPoint = "sched_setaffinity", SetLastError = true)]
    private static partial int SetAffinity(int thread, nuint bytes, ulong[] mask);

    [LibraryImport("libc", EntryPoint = "sched_setscheduler", SetLastError = true)]
    private static partial int SetScheduler(int thread, int policy, in int priority);
}
