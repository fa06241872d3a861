using System.Diagnostics;
using System.Runtime.InteropServices;
using NetCore.Bench.Contenders;
using NetCore.Core;

namespace NetCore.Bench.Doctor;

/// <summary>What it costs to enter the kernel and to do nothing there.</summary>
internal static class SystemCallCost
{
    private const byte NoOperation = 0;

    // Long enough that the clock does not count, short enough that an interrupt spoils one sample only.
    private const int CallsPerSample = 100;
    private const int Samples = 400;

    public static IReadOnlyList<Measurement> All(CorePair cores, uint? uringFlags)
    {
        var all = new List<Measurement>();
        try
        {
            PinnedThread.Run(cores.First, "system calls", () => Measure(all, uringFlags));
        }
        catch (BenchException e)
        {
            all.Add(Measurement.Unknown("system call", e.Message));
        }

        return all;
    }

    private static void Measure(List<Measurement> all, uint? uringFlags)
    {
        // getppid: nobody caches it and it does nothing.
        var number = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 110 : 173;
        all.Add(Time("native call without a system call", static () => _ = Kernel.Nothing(),
            "the way from managed code and back"));
        all.Add(Time("clock read", static () => Stopwatch.GetTimestamp(), "with tsc or kvm-clock it enters no kernel"));
        all.Add(Time("system call", () => Kernel.Plain(number), "getppid; the native call is part of it"));
        all.Add(Measurement.Try("epoll_wait, nothing ready", static () =>
        {
            using var epoll = new Epoll();
            return Time("epoll_wait, nothing ready", () => epoll.Wait(0), "what one turn of a polling loop costs");
        }));
        all.Add(Measurement.Try("io_uring_enter, one no-op", () => Uring(uringFlags)));
    }

    private static unsafe Measurement Uring(uint? flags)
    {
        const string name = "io_uring_enter, one no-op";
        if (flags is not { } usable)
        {
            return Measurement.Unknown(name, "io_uring is not usable here");
        }

        var opened = ProbeRing.Open(8, usable, out var ring);
        if (ring is null)
        {
            return Measurement.Unknown(name, UringRefusal.Explain(-opened, new SystemFiles()));
        }

        using (ring)
        {
            return Time(name, () =>
            {
                ring.Prepare(NoOperation, -1, null, 0, 0);
                ring.Submit(wait: 1);
                ring.TryTake(out _, out _);
            }, "submitted, done and taken");
        }
    }

    private static Measurement Time(string name, Action call, string reason)
    {
        // Enough calls for the compiler to put its best code in place, which it does in the background.
        for (var i = 0; i < Samples; i++)
        {
            Sample(call);
        }

        var histogram = new LatencyHistogram();
        for (var i = 0; i < Samples; i++)
        {
            histogram.Record(Sample(call));
        }

        return Measurement.Of(name, histogram, reason) with
        {
            MedianNs = histogram.ValueAt(50) / (double)CallsPerSample,
            P99Ns = histogram.ValueAt(99) / (double)CallsPerSample,
        };
    }

    private static long Sample(Action call)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < CallsPerSample; i++)
        {
            call();
        }

        return Stopwatch.GetTimestamp() - start;
    }
}
