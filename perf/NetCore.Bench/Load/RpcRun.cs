namespace NetCore.Bench;

/// <summary>One stretch of calls: where their times go, who says when the next is due, and when it is over.</summary>
/// <param name="latency">Of the driver, for one stretch after the other.</param>
/// <param name="pace">Null in a closed loop.</param>
/// <param name="once">Over after one call, until <see cref="Again"/>.</param>
internal sealed class RpcRun(ThreadLatency latency, OpenLoopPace? pace, bool once = false)
{
    private volatile bool _stopping;

    public ThreadLatency Latency { get; } = latency;

    public OpenLoopPace? Pace { get; } = pace;

    /// <summary>Whether another call may start in a closed loop.</summary>
    public bool MayStart()
    {
        if (_stopping)
        {
            return false;
        }

        // Written only where it is set: to write back what was read would undo a stop that came in between, and the
        // stretch would never end.
        if (once)
        {
            _stopping = true;
        }

        return true;
    }

    public void Again() => _stopping = false;

    public void Stop()
    {
        _stopping = true;
        Pace?.Stop();
    }
}
