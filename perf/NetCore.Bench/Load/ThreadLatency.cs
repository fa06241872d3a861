using NetCore.Core;

namespace NetCore.Bench;

/// <summary>A histogram for each thread that records, because a histogram takes one writer.</summary>
/// <remarks>
/// One for each caller would be simpler, but 1,024 of them are 30 MB, which no cache holds. Some are made beforehand,
/// and all are kept for the next stretch, so that nothing is allocated while it is measured.
/// </remarks>
internal sealed class ThreadLatency
{
    // More threads than a pool on one core has in practice.
    private const int Spare = 8;

    [ThreadStatic]
    private static ThreadLatency? _owner;

    [ThreadStatic]
    private static LatencyHistogram? _mine;

    private readonly Lock _gate = new();
    private readonly LatencyHistogram[] _made = new LatencyHistogram[Spare];
    private readonly List<LatencyHistogram> _used = new(4 * Spare);

    public ThreadLatency()
    {
        for (var i = 0; i < Spare; i++)
        {
            _made[i] = new LatencyHistogram();
        }
    }

    public void Record(long nanoseconds)
    {
        if (_owner != this)
        {
            Adopt();
        }

        _mine!.Record(nanoseconds);
    }

    /// <summary>Hands over what every thread has recorded; when none of them records any more.</summary>
    public void MoveTo(LatencyHistogram sum)
    {
        lock (_gate)
        {
            foreach (var one in _used)
            {
                sum.Add(one);
                one.Clear();
            }
        }
    }

    private void Adopt()
    {
        lock (_gate)
        {
            _mine = _used.Count < Spare ? _made[_used.Count] : new LatencyHistogram();
            _used.Add(_mine);
            _owner = this;
        }
    }
}
