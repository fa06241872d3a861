using System.Diagnostics;
using NetCore.Bench.Contenders;
using NetCore.Core;

namespace NetCore.Bench.Doctor;

/// <summary>From the write that wakes a thread on another core to the moment it runs.</summary>
internal static unsafe class WakeUpCost
{
    private const int WarmUp = 50;
    private const int Samples = 300;

    // Long enough for the sleeper's core to go idle, and for a hypervisor to take it away.
    private const long Gap = 1_000_000;

    public static Measurement Halted(CorePair cores) => Measure(
        "wake-up, core halted", cores, "the sleeper's core had nothing to do for a millisecond");

    public static Measurement KeptAwake(CorePair cores)
    {
        const string name = "wake-up, core kept awake";
        return Measurement.Try(name, () =>
        {
            using var awake = new AwakeCores(cores);
            return Measure(name, cores, "a thread of idle priority ran there, as in runs that keep the cores awake");
        });
    }

    private static Measurement Measure(string name, CorePair cores, string reason)
    {
        if (cores.IsOne)
        {
            return Measurement.Unknown(name, "it takes two cores, and this process may use one");
        }

        return Measurement.Try(name, () => Measurement.Of(name, Run(cores), reason));
    }

    private static LatencyHistogram Run(CorePair cores)
    {
        var histogram = new LatencyHistogram();
        var fd = Libc.EventFd(0, Libc.CloseOnExec);
        var written = new long[1];
        var woken = new int[1];
        var sleeper = PinnedThread.Start(cores.First, "sleeper", () =>
        {
            for (var i = 0; i < WarmUp + Samples; i++)
            {
                long count;
                while (Kernel.Read(fd, &count, sizeof(long)) < 0)
                {
                    // A signal of the runtime; it goes on sleeping.
                }

                var now = Stopwatch.GetTimestamp();
                if (i >= WarmUp)
                {
                    histogram.Record(now - Volatile.Read(ref written[0]));
                }

                Volatile.Write(ref woken[0], i + 1);
            }
        });
        var waker = PinnedThread.Start(cores.Second, "waker", () => Wake(fd, written, woken));
        waker.Join();
        sleeper.Join();
        _ = Libc.Close(fd);
        return histogram;
    }

    private static void Wake(int fd, long[] written, int[] woken)
    {
        for (var i = 0; i < WarmUp + Samples; i++)
        {
            while (Volatile.Read(ref woken[0]) < i)
            {
                // It has not slept yet.
            }

            var due = Stopwatch.GetTimestamp() + Gap;
            while (Stopwatch.GetTimestamp() < due)
            {
                // Polls, so that this side's own wake-up is not part of it.
            }

            long one = 1;
            Volatile.Write(ref written[0], Stopwatch.GetTimestamp());
            _ = Libc.Write(fd, &one, sizeof(long));
        }
    }
}
