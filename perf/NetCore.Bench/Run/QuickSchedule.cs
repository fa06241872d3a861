namespace NetCore.Bench;

/// <summary>Fits a run into four minutes: what one cell does not need to become warm, later ones may use.</summary>
internal sealed class QuickSchedule : IWarmUpSchedule
{
    // Of the 240 seconds that a quick run may take, what is left after the start and the tables.
    private static readonly TimeSpan Total = TimeSpan.FromSeconds(234);

    // Two runtimes and their end; taken from a virtual machine of two cores.
    private static readonly TimeSpan PairOverhead = TimeSpan.FromSeconds(0.9);

    private static readonly TimeSpan CellOverhead = TimeSpan.FromSeconds(0.1);

    // The last tier was reached within 2.5 s by calls of NetCore and within 3.5 s by grpc-dotnet, while the rate rose
    // all the time, so that the three windows of the rule could not agree before.
    private static readonly TimeSpan FirstLeast = TimeSpan.FromSeconds(2.5);

    // Pairs that take longer to start than that.
    private static readonly TimeSpan Reserve = TimeSpan.FromSeconds(4);

    // One restless cell shall not eat what all that come after it could use.
    private const double MostShares = 3;

    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly TimeSpan _most;
    private readonly TimeSpan _measure;
    private int _firstLeft;
    private int _othersLeft;

    /// <param name="time">The clock of the four minutes.</param>
    /// <param name="most">No warm-up beyond the least is longer.</param>
    /// <param name="measure">Measured time of each cell.</param>
    /// <param name="pairs">Pairs of processes in the whole run.</param>
    /// <param name="cells">Cells in the whole run.</param>
    public QuickSchedule(TimeProvider time, TimeSpan most, TimeSpan measure, int pairs, int cells)
    {
        (_time, _most, _measure) = (time, most, measure);
        (_firstLeft, _othersLeft) = (pairs, cells - pairs);
        _start = time.GetTimestamp();
    }

    private static TimeSpan Shortest => WarmUpPlan.DefaultWindow * RateWindows.Deciding;

    private TimeSpan Other => Shortest + _measure + CellOverhead;

    private TimeSpan First => PairOverhead + FirstLeast + _measure + CellOverhead;

    public WarmUpPlan? Next(bool firstOfPair)
    {
        var left = Total - _time.GetElapsedTime(_start);
        if (left < (firstOfPair ? First : Other))
        {
            return null;
        }

        var least = firstOfPair ? FirstLeast : Shortest;
        var spare = left - Reserve - (First * _firstLeft) - (Other * _othersLeft);
        var share = spare > TimeSpan.Zero ? spare * MostShares / Math.Max(1, _firstLeft + _othersLeft) : TimeSpan.Zero;
        _ = firstOfPair ? _firstLeft-- : _othersLeft--;
        var most = least + share;
        return WarmUpPlan.Of(least, most > _most ? Max(_most, least) : most);
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
