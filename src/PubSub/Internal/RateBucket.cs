namespace NetCore.PubSub.Internal;

/// <summary>A burst, and so many a second in the long run. For one thread at a time.</summary>
internal sealed class RateBucket(int burst, int perSecond, long now)
{
    private const int PerUnit = 1000;

    private long _left = (long)burst * PerUnit;
    private long _at = now;

    /// <summary>Takes one; false when there is none. Time in milliseconds.</summary>
    public bool TryTake(long time)
    {
        _left = Math.Min((long)burst * PerUnit, _left + ((time - _at) * perSecond));
        _at = time;
        if (_left < PerUnit)
        {
            return false;
        }

        _left -= PerUnit;
        return true;
    }
}
