using System.Runtime.InteropServices;

namespace NetCore.Native.Uring;

/// <summary><c>struct __kernel_timespec</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct KernelTime
{
    private const long NanosecondsOfSecond = 1_000_000_000;

    public long Seconds;
    public long Nanoseconds;

    public static KernelTime Of(long nanoseconds) => new()
    {
        Seconds = nanoseconds / NanosecondsOfSecond,
        Nanoseconds = nanoseconds % NanosecondsOfSecond,
    };
}
