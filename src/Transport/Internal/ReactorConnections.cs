namespace NetCore.Transport.Internal;

/// <summary>The connections of a reactor: few of them are polled by receives while it spins, all are counted.</summary>
/// <remarks>
/// While they are polled, an event or a reason to receive again only marks a connection, because the next round
/// receives anyhow: one system call less for each message, and no dispatch. The end of polling settles what is marked.
/// For the reactor's thread, but for the counters.
/// </remarks>
internal sealed class ReactorConnections : IThreadPoolWorkItem
{
    // With more of them a round takes longer than the one question for the events of all.
    private const int MostPolled = 4;

    private readonly Lock _lock = new();
    private EpollIo[] _all = new EpollIo[MostPolled];
    private int _count;
    private TransportCounters _closed;

    /// <summary>Whether they are polled by receives just now.</summary>
    public bool Polling { get; private set; }

    /// <summary>Whether one is to be received from although no event will say so.</summary>
    public bool Marked { get; set; }

    /// <summary>Receives and sends of all up to now; from any thread.</summary>
    public TransportCounters Counters
    {
        get
        {
            lock (_lock)
            {
                var sum = _closed;
                for (var i = 0; i < _count; i++)
                {
                    sum += _all[i].Counters;
                }

                return sum;
            }
        }
    }

    /// <summary>True when the connection is one too many for polling: then the reactor is to run this object.</summary>
    public bool Add(EpollIo connection)
    {
        lock (_lock)
        {
            if (_count == _all.Length)
            {
                Array.Resize(ref _all, _count * 2);
            }

            connection.Index = _count;
            _all[_count++] = connection;
        }

        return Polling && _count > MostPolled;
    }

    public void Remove(EpollIo connection)
    {
        lock (_lock)
        {
            var last = _all[--_count];
            _all[connection.Index] = last;
            last.Index = connection.Index;
            _all[_count] = null!;
            _closed += connection.Counters;
        }
    }

    /// <summary>False when they are too many, or none.</summary>
    public bool TryBeginPolling() => Polling || (Polling = _count is > 0 and <= MostPolled);

    /// <summary>One round; true when something was received.</summary>
    public bool Poll()
    {
        Marked = false;
        var ran = false;
        for (var i = 0; i < _count; i++)
        {
            ran |= _all[i].TryReceive();
        }

        return ran;
    }

    /// <summary>From now on events count; true when a mark was left and something ran for it.</summary>
    public bool EndPolling()
    {
        if (!Polling)
        {
            return false;
        }

        Polling = Marked = false;
        var ran = false;
        var all = false;
        try
        {
            for (var i = 0; i < _count; i++)
            {
                ran |= _all[i].Settle();
            }

            all = true;
        }
        finally
        {
            // What throws comes out of the turn; the rest is settled by the next.
            Polling = !all;
        }

        return ran;
    }

    /// <summary>They have become too many.</summary>
    public void Execute() => EndPolling();
}
