using System.Diagnostics;
using NetCore.Core;

namespace NetCore.Quickstart;

/// <summary>Makes small calls from independent callers and measures each.</summary>
internal static class CallLoad
{
    public static async Task<LoadResult> RunAsync(IFileService files, int callers, int calls, CancellationToken stop)
    {
        // A tenth as many before counting: what is measured is not the just-in-time compiler.
        await MakeAsync(files, callers, Math.Max(callers, calls / 10), new Counter(), stop);

        var counter = new Counter();
        var serverBefore = (await files.StatsAsync(stop)).AllocatedBytes;
        var clientBefore = GC.GetTotalAllocatedBytes(precise: true);
        using var progress = new ProgressLine(() => $"  {counter.Value:N0} of {calls:N0} calls at {callers} outstanding");
        var watch = Stopwatch.StartNew();
        var made = await MakeAsync(files, callers, calls, counter, stop);
        var elapsed = watch.Elapsed;
        var client = GC.GetTotalAllocatedBytes(precise: true) - clientBefore;
        var server = (await files.StatsAsync(stop)).AllocatedBytes - serverBefore;
        var all = new LatencyHistogram();
        foreach (var histogram in made)
        {
            all.Add(histogram);
        }

        return new LoadResult(callers, all, elapsed, client, server);
    }

    private static async Task<LatencyHistogram[]> MakeAsync(
        IFileService files, int callers, int calls, Counter counter, CancellationToken stop)
    {
        var work = new Task<LatencyHistogram>[callers];
        for (var i = 0; i < callers; i++)
        {
            var share = (calls / callers) + (i < calls % callers ? 1 : 0);
            work[i] = CallAsync(files, share, counter, stop);
        }

        return await Task.WhenAll(work);
    }

    private static async Task<LatencyHistogram> CallAsync(
        IFileService files, int calls, Counter counter, CancellationToken stop)
    {
        var histogram = new LatencyHistogram();
        for (var i = 0; i < calls; i++)
        {
            var start = Stopwatch.GetTimestamp();
            if (await files.EchoAsync(i, stop) != i)
            {
                throw new InvalidDataException("A call was answered with another call's number.");
            }

            histogram.Record(Stopwatch.GetElapsedTime(start).Ticks * 100);
            counter.Increment();
        }

        return histogram;
    }

    private sealed class Counter
    {
        private int _value;

        public int Value => Volatile.Read(ref _value);

        public void Increment() => Interlocked.Increment(ref _value);
    }
}
