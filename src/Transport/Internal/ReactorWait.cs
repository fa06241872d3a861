namespace NetCore.Transport.Internal;

/// <summary>How long a reactor looks before it sleeps. For its thread.</summary>
internal sealed class ReactorWait(WaitPolicy policy, TimeProvider time)
{
    // About what a wake-up from the kernel costs: looking for longer costs more than it saves.
    private const int SpinMicroseconds = 50;

    // After this many looks for nothing it sleeps at once for a while; then it tries again.
    private const int UselessSpins = 3;
    private const int PauseMilliseconds = 10;

    private readonly long _spin = time.TimestampFrequency * SpinMicroseconds / 1_000_000;
    private readonly long _pause = time.TimestampFrequency * PauseMilliseconds / 1_000;
    private long _until;
    private long _pausedUntil;
    private int _useless;
    private bool _spinning;

    public bool NeverSleeps => policy == WaitPolicy.BusyPoll;

    /// <summary>Whether it looks once more before it sleeps.</summary>
    public bool MaySpin()
    {
        if (policy != WaitPolicy.Adaptive)
        {
            return policy == WaitPolicy.BusyPoll;
        }

        var now = time.GetTimestamp();
        if (!_spinning)
        {
            _spinning = now >= _pausedUntil;
            _until = now + _spin;
            return _spinning;
        }

        if (now < _until)
        {
            return true;
        }

        _spinning = false;
        if (++_useless >= UselessSpins)
        {
            _useless = 0;
            _pausedUntil = now + _pause;
        }

        return false;
    }

    /// <summary>Something ran; what was found while it slept says nothing about looking.</summary>
    public void Found()
    {
        if (_spinning)
        {
            _spinning = false;
            _useless = 0;
        }
    }
}
