namespace NetCore.Bench.Contenders;

/// <summary>When the requests of an open loop are due; nothing that happens to them changes it.</summary>
internal sealed class Schedule
{
    /// <summary>
    /// Nanoseconds before a request is due from which on the client polls: a virtual core that sleeps takes tens of
    /// microseconds to wake up, and they would be charged to the server.
    /// </summary>
    public const long PollAhead = 200_000;

    private const long Grace = 10_000_000_000;

    private readonly long _start;
    private readonly long _end;
    private readonly double _interval;
    private long _taken;

    /// <param name="start">In nanoseconds of the clock, which is what the Stopwatch counts in on Linux.</param>
    /// <param name="ratePerSecond">Requests in a second.</param>
    /// <param name="duration">Requests fall due this long.</param>
    public Schedule(long start, double ratePerSecond, TimeSpan duration)
    {
        var length = (long)duration.TotalNanoseconds;
        _start = start;
        _end = start + length;
        _interval = 1e9 / ratePerSecond;
        NextDue = start;
        GiveUp = start + (2 * length) + Grace;
    }

    public long NextDue { get; private set; }

    public bool IsOver => NextDue >= _end;

    /// <summary>
    /// A server that is this far behind cannot take the rate, and the rest is not waited for: twice the duration, and
    /// the time that a stuck one is given.
    /// </summary>
    public long GiveUp { get; }

    /// <summary>Whether there is one to send now; what would fall due after the end is none.</summary>
    public bool IsDue(long now) => NextDue <= now && !IsOver;

    /// <summary>When the next one is due; moves on.</summary>
    public long Take()
    {
        var due = NextDue;
        _taken++;

        // From the start each time: a sum would drift by the rounding of a whole run.
        NextDue = _start + (long)(_taken * _interval);
        return due;
    }
}
