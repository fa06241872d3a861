using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace NetCore.Fuzz.Memory;

/// <summary>
/// The calls that a guard page takes, a clock that stands while its thread does, and an end at once. Linux.
/// </summary>
internal static partial class Libc
{
    public const int ProtectNone = 0;
    public const int ReadWrite = 1 | 2;
    public const int MapShared = 1;
    public const int MapPrivate = 2;
    public const int MapFixed = 0x10;
    public const int MapAnonymous = 0x20;
    public const nint Failed = -1;
    public const int ThreadProcessorTime = 3;

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    public static partial nint Map(nint address, nint length, int protection, int flags, nint file, nint offset);

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    public static partial nint Map(
        nint address, nint length, int protection, int flags, SafeFileHandle file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect", SetLastError = true)]
    public static partial int Protect(nint address, nint length, int protection);

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    public static partial int GetTime(int clock, out Time time);

    /// <summary>Ends the process whatever its threads do.</summary>
    [LibraryImport("libc", EntryPoint = "_exit")]
    public static partial void Exit(int code);

    /// <summary>As the kernel writes it where a long has 64 bits.</summary>
    internal struct Time
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
