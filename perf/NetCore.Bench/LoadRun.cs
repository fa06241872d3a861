using NetCore.Core;

namespace NetCore.Bench;

/// <summary>One stretch of load: who calls, how long each call took, and when it is over.</summary>
/// <remarks>
/// Each slot has a histogram of its own, because a histogram takes one writer and the callers run on several threads.
/// Made before the stretch starts, so that nothing of it is allocated inside.
/// </remarks>
internal sealed class LoadRun
{
    private readonly LatencyHistogram[] _latencies;
    private volatile bool _stopping;

    public LoadRun(int outstanding)
    {
        _latencies = new LatencyHistogram[outstanding];
        for (var i = 0; i < outstanding; i++)
        {
            _latencies[i] = new LatencyHistogram();
        }
    }

    /// <summary>Calls that are under way at once; slots are 0 to this, exclusive.</summary>
    public int Outstanding => _latencies.Length;

    /// <summary>No slot starts another call.</summary>
    public bool Stopping => _stopping;

    /// <summary>Calls answered so far; while the callers run it may be behind by a few.</summary>
    public long Calls
    {
        get
        {
            long sum = 0;
            foreach (var latency in _latencies)
            {
                sum += latency.Count;
            }

            return sum;
        }
    }

    public void Stop() => _stopping = true;

    /// <summary>Counts a call of <paramref name="slot"/>; of one slot at a time.</summary>
    /// <param name="slot">Whose call.</param>
    /// <param name="ticks">Its time in ticks of the Stopwatch.</param>
    public void Record(int slot, long ticks) => _latencies[slot].Record(ticks);

    /// <summary>All slots together; after the run.</summary>
    public LatencyHistogram Latency()
    {
        var sum = new LatencyHistogram();
        foreach (var latency in _latencies)
        {
            sum.Add(latency);
        }

        return sum;
    }
}
