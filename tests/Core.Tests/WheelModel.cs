namespace NetCore.Core.Tests;

/// <summary>What a timer wheel should do, done with a list: the naive twin of the wheel.</summary>
internal sealed class WheelModel
{
    private readonly List<(long Due, int Timer)> _scheduled = [];

    public int Count => _scheduled.Count;

    public long Earliest => _scheduled.Count == 0 ? long.MaxValue : _scheduled.Min(static entry => entry.Due);

    public void Schedule(int timer, long due)
    {
        Cancel(timer);
        _scheduled.Add((due, timer));
    }

    public bool Cancel(int timer) => _scheduled.RemoveAll(entry => entry.Timer == timer) > 0;

    /// <summary>Takes out what is due, in any order among equal ticks.</summary>
    public List<(long Due, int Timer)> Advance(long now)
    {
        var due = _scheduled.Where(entry => entry.Due <= now).ToList();
        _scheduled.RemoveAll(entry => entry.Due <= now);
        return due;
    }
}
