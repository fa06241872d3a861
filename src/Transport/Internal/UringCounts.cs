namespace NetCore.Transport.Internal;

/// <summary>Receives and sends of a ring's connections. The ring's thread counts, but for direct sends.</summary>
internal sealed class UringCounts
{
    private long _receives;
    private long _directReceives;
    private long _emptyReceives;
    private long _sends;
    private long _directSends;

    /// <summary>A request has received something.</summary>
    public void Receive() => Volatile.Write(ref _receives, _receives + 1);

    /// <summary>A receive past the ring that found something.</summary>
    public void DirectReceive() => Volatile.Write(ref _directReceives, _directReceives + 1);

    /// <summary>A receive past the ring that found nothing.</summary>
    public void EmptyReceive() => Volatile.Write(ref _emptyReceives, _emptyReceives + 1);

    /// <summary>A request sends something.</summary>
    public void Send() => Volatile.Write(ref _sends, _sends + 1);

    /// <summary>A send past the ring; from any thread.</summary>
    public void DirectSend() => Interlocked.Increment(ref _directSends);

    /// <summary>What has been counted, with the calls that take requests to the kernel; from any thread.</summary>
    public TransportCounters With(long waits, long looks, long requests, long enters)
    {
        var (direct, empty) = (Volatile.Read(ref _directReceives), Volatile.Read(ref _emptyReceives));
        var sends = Volatile.Read(ref _directSends);
        return new TransportCounters(
            Volatile.Read(ref _receives) + direct,
            empty,
            Volatile.Read(ref _sends) + sends,
            waits,
            looks,
            0,
            requests,
            enters + direct + empty + sends);
    }
}
