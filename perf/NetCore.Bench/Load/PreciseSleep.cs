using System.Diagnostics;
using System.Runtime.InteropServices;

namespace NetCore.Bench;

/// <summary>Sleeps to the microsecond, which <c>Thread.Sleep</c> cannot.</summary>
internal static partial class PreciseSleep
{
    private const int SetTimerSlack = 29;
    private const int Monotonic = 1;
    private const int AbsoluteTime = 1;
    private const int Interrupted = 4;
    private const long Billion = 1_000_000_000;

    /// <summary>Once on a thread that will sleep: otherwise the kernel may add 50 microseconds.</summary>
    public static void Prepare()
    {
        if (OperatingSystem.IsLinux())
        {
            _ = ProcessControl(SetTimerSlack, 1, 0, 0, 0);
        }
    }

    /// <summary>Returns at <paramref name="timestamp"/> of the Stopwatch or a little later, never before.</summary>
    public static void Until(long timestamp)
    {
        if (OperatingSystem.IsLinux())
        {
            // The Stopwatch counts nanoseconds of this clock. The runtime stops threads by signals, which end a sleep.
            var time = new Time { Seconds = timestamp / Billion, Nanoseconds = timestamp % Billion };
            while (ClockSleep(Monotonic, AbsoluteTime, in time, 0) == Interrupted)
            {
                // The time is an absolute one: it is slept for again as it stands.
            }

            return;
        }

        while (Stopwatch.GetTimestamp() < timestamp)
        {
            Thread.Sleep(0);
        }
    }

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int ProcessControl(int option, nuint first, nuint second, nuint third, nuint fourth);

    [LibraryImport("libc", EntryPoint = "clock_nanosleep")]
    private static partial int ClockSleep(int clock, int flags, in Time time, nint remaining);

    private struct Time
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
