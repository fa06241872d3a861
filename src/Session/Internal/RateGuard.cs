namespace NetCore.Session.Internal;

/// <summary>Counts what a peer may do only so often: control frames, and resets of running work.</summary>
internal sealed class RateGuard
{
    private double _tokens = SessionLimits.ControlFrameBurst;
    private long _filledAt;
    private long _windowStart;
    private int _resets;
    private int _opened;

    /// <summary>False when the peer has sent too many control frames.</summary>
    public bool AllowControlFrame(long now)
    {
        var filled = (now - _filledAt) * SessionLimits.ControlFramesPerSecond / 1000.0;
        _tokens = Math.Min(SessionLimits.ControlFrameBurst, _tokens + Math.Max(0, filled));
        _filledAt = now;
        if (_tokens < 1)
        {
            return false;
        }

        _tokens--;
        return true;
    }

    public void OnOpened(long now)
    {
        Roll(now);
        _opened++;
    }

    /// <summary>
    /// False when more than the allowed number of streams, and over half of all, were reset while work ran.
    /// </summary>
    public bool AllowReset(long now)
    {
        Roll(now);
        _resets++;
        return _resets <= SessionLimits.MaxResetsPerWindow || _resets * 2L <= _opened;
    }

    private void Roll(long now)
    {
        if (now - _windowStart >= SessionLimits.ResetWindowMilliseconds)
        {
            _windowStart = now;
            _resets = _opened = 0;
        }
    }
}
