using System.Runtime.InteropServices;

namespace NetCore.Bench;

/// <summary>What the kernel counts for this process and the runtime does not tell.</summary>
internal static partial class ResourceUsage
{
    private const int Self = 0;

    /// <summary>Voluntary and involuntary ones of all threads; 0 where the system is not Linux.</summary>
    public static long ContextSwitches() =>
        OperatingSystem.IsLinux() && GetUsage(Self, out var usage) == 0 ? usage.Voluntary + usage.Involuntary : 0;

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static partial int GetUsage(int who, out Usage usage);

    // struct rusage of 64-bit Linux: two times of two words each, then fourteen words.
    [StructLayout(LayoutKind.Explicit, Size = 18 * sizeof(long))]
    private struct Usage
    {
        [FieldOffset(16 * sizeof(long))]
        public long Voluntary;

        [FieldOffset(17 * sizeof(long))]
        public long Involuntary;
    }
}
