namespace NetCore.Transport.Internal;

/// <summary>What the requests of a ring have come to. Counted by its thread, read by any.</summary>
internal sealed class UringCounts
{
    private long _receives;
    private long _directReceives;
    private long _emptyReceives;
    private long _sends;
    private long _directSends;
    private long _stale;
    private int _lost;

    /// <summary>Completions that found nobody.</summary>
    public long Stale => Volatile.Read(ref _stale);

    /// <summary>Handlers that are over but for requests that the kernel does not end.</summary>
    public int Lost => Volatile.Read(ref _lost);

    /// <summary>System calls past the ring.</summary>
    public long Direct => Volatile.Read(ref _directReceives) + Volatile.Read(ref _emptyReceives)
        + Volatile.Read(ref _directSends);

    /// <summary>Transfers by requests and by system calls; the rest is the ring's to tell.</summary>
    public TransportCounters Sum => default(TransportCounters) with
    {
        Receives = Volatile.Read(ref _receives) + Volatile.Read(ref _directReceives),
        EmptyReceives = Volatile.Read(ref _emptyReceives),
        Sends = Volatile.Read(ref _sends) + Volatile.Read(ref _directSends),
    };

    public void Receive() => Volatile.Write(ref _receives, _receives + 1);

    /// <summary>A receive past the ring that found something.</summary>
    public void DirectReceive() => Volatile.Write(ref _directReceives, _directReceives + 1);

    /// <summary>A receive past the ring that found nothing.</summary>
    public void EmptyReceive() => Volatile.Write(ref _emptyReceives, _emptyReceives + 1);

    public void Send() => Volatile.Write(ref _sends, _sends + 1);

    /// <summary>A send past the ring; from any thread.</summary>
    public void DirectSend() => Interlocked.Increment(ref _directSends);

    public void IsStale() => Volatile.Write(ref _stale, _stale + 1);

    /// <summary>A handler is lost, or one that was is found.</summary>
    public void ChangeLost(int by) => Volatile.Write(ref _lost, _lost + by);
}
