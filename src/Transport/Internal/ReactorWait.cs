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

    public void Begin()
    {
        if (policy == WaitPolicy.Adaptive)
        {
            var now = time.GetTimestamp();
            _until = now < _pausedUntil ? now : now + _spin;
        }
    }

    public bool MaySpin()
    {
        if (policy != WaitPolicy.Adaptive)
        {
            return policy == WaitPolicy.BusyPoll;
        }

        var now = time.GetTimestamp();
        if (now < _until)
        {
            return true;
        }

        if (now >= _pausedUntil && ++_useless >= UselessSpins)
        {
            _useless = 0;
            _pausedUntil = now + _pause;
        }

        return false;
    }

    public void Found() => _useless = 0;
}
