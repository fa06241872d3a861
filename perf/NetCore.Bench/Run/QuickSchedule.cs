namespace NetCore.Bench;

/// <summary>Fits a run into four minutes: the first cells of the pairs share what the others leave.</summary>
internal sealed class QuickSchedule : IWarmUpSchedule
{
    // Of the 240 seconds that a quick run may take, what is left after the start and the tables.
    private static readonly TimeSpan Total = TimeSpan.FromSeconds(234);

    // Two runtimes and their end; taken from a virtual machine of two cores.
    private static readonly TimeSpan PairOverhead = TimeSpan.FromSeconds(0.9);

    private static readonly TimeSpan CellOverhead = TimeSpan.FromSeconds(0.1);

    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly TimeSpan _most;
    private readonly TimeSpan _measure;
    private int _firstLeft;
    private int _othersLeft;

    public QuickSchedule(TimeProvider time, TimeSpan most, TimeSpan measure, int pairs, int cells)
    {
        (_time, _most, _measure) = (time, most, measure);
        (_firstLeft, _othersLeft) = (pairs, cells - pairs);
        _start = time.GetTimestamp();
    }

    private static TimeSpan Shortest => WarmUpPlan.DefaultWindow * WarmUpPlan.SteadyWindows;

    public WarmUpPlan? Next(bool firstOfPair)
    {
        var left = Total - _time.GetElapsedTime(_start);
        var other = Shortest + _measure + CellOverhead;
        if (left < other)
        {
            return null;
        }

        if (!firstOfPair)
        {
            _othersLeft--;
            return WarmUpPlan.Of(Shortest, Shortest);
        }

        var share = (left - (other * _othersLeft)) / Math.Max(1, _firstLeft);
        var forFirst = share - PairOverhead - CellOverhead - _measure;
        _firstLeft--;
        var warmUp = forFirst < Shortest ? Shortest : forFirst > _most ? _most : forFirst;
        return WarmUpPlan.Of(warmUp, warmUp);
    }
}
