using System.Diagnostics;
using NetCore.Core;

namespace NetCore.Quickstart;

/// <summary>Makes small calls from independent callers and measures each.</summary>
internal static class CallLoad
{
    public static async Task<LoadResult> RunAsync(IFileService files, int callers, int calls, CancellationToken stop)
    {
        // A tenth as many before counting: what is measured is not the just-in-time compiler.
        await MakeAsync(files, Histograms(callers), Math.Max(callers, calls / 10), new Counter(), stop);

        var histograms = Histograms(callers);
        var counter = new Counter();
        var serverBefore = (await files.StatsAsync(stop)).AllocatedBytes;
        var clientBefore = GC.GetTotalAllocatedBytes(precise: true);
        using var progress = new ProgressLine(
            () => $"  {counter.Value:N0} of {calls:N0} calls at {callers} outstanding");
        var watch = Stopwatch.StartNew();
        await MakeAsync(files, histograms, calls, counter, stop);
        var elapsed = watch.Elapsed;
        var client = GC.GetTotalAllocatedBytes(precise: true) - clientBefore;
        var server = (await files.StatsAsync(stop)).AllocatedBytes - serverBefore;
        var all = new LatencyHistogram();
        foreach (var histogram in histograms)
        {
            all.Add(histogram);
        }

        return new LoadResult(callers, all, elapsed, client, server);
    }

    private static LatencyHistogram[] Histograms(int count) =>
        [.. Enumerable.Range(0, count).Select(static _ => new LatencyHistogram())];

    private static Task MakeAsync(
        IFileService files, LatencyHistogram[] histograms, int calls, Counter counter, CancellationToken stop)
    {
        var callers = histograms.Length;
        return Task.WhenAll(histograms.Select((histogram, i) =>
            CallAsync(files, histogram, (calls / callers) + (i < calls % callers ? 1 : 0), counter, stop)));
    }

    private static async Task CallAsync(
        IFileService files, LatencyHistogram histogram, int calls, Counter counter, CancellationToken stop)
    {
        for (var i = 0; i < calls; i++)
        {
            var start = Stopwatch.GetTimestamp();
            if (await files.EchoAsync(i, stop) != i)
            {
                throw new InvalidDataException("A call was answered with another call's number.");
            }

            histogram.Record((long)Stopwatch.GetElapsedTime(start).TotalNanoseconds);
            counter.Increment();
        }
    }

    private sealed class Counter
    {
        private int _value;

        public int Value => Volatile.Read(ref _value);

        public void Increment() => Interlocked.Increment(ref _value);
    }
}
