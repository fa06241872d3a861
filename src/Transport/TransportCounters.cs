namespace NetCore.Transport;

/// <summary>
/// What the reactors of a transport have done and asked of the kernel so far. A snapshot; each value only grows.
/// </summary>
/// <remarks>
/// Cheap enough to be always on. The values are read one after the other while the reactors work: their relation is
/// exact only when nothing happens meanwhile. What makes and ends connections is not counted.
/// </remarks>
/// <param name="Receives">Receives that brought bytes, an end or an error.</param>
/// <param name="EmptyReceives">Receives that found nothing; many while a reactor spins.</param>
/// <param name="Sends">Sends, gathered ones counted once.</param>
/// <param name="Waits">Waits in the kernel that could sleep.</param>
/// <param name="Looks">Questions for events that could not sleep; many while a reactor spins.</param>
/// <param name="Wakes">Wake-ups of a sleeping reactor by other threads.</param>
/// <param name="Requests">Requests that were given to a ring; 0 where there is none.</param>
/// <param name="SystemCalls">
/// All of these that entered the kernel. Each one does without a ring; on a ring a receive and a send may be requests,
/// many of which one call takes there, and which take none when they go with a wait.
/// </param>
public readonly record struct TransportCounters(
    long Receives,
    long EmptyReceives,
    long Sends,
    long Waits,
    long Looks,
    long Wakes,
    long Requests,
    long SystemCalls)
{
    /// <summary>The sum of both, value by value.</summary>
    public static TransportCounters operator +(in TransportCounters left, in TransportCounters right) =>
        Add(left, right);

    /// <summary>What has been done from <paramref name="right"/> to <paramref name="left"/>.</summary>
    public static TransportCounters operator -(in TransportCounters left, in TransportCounters right) =>
        Subtract(left, right);

    /// <summary>The sum of both, value by value.</summary>
    public static TransportCounters Add(in TransportCounters left, in TransportCounters right) => new(
        left.Receives + right.Receives,
        left.EmptyReceives + right.EmptyReceives,
        left.Sends + right.Sends,
        left.Waits + right.Waits,
        left.Looks + right.Looks,
        left.Wakes + right.Wakes,
        left.Requests + right.Requests,
        left.SystemCalls + right.SystemCalls);

    /// <summary>What has been done from <paramref name="right"/> to <paramref name="left"/>.</summary>
    public static TransportCounters Subtract(in TransportCounters left, in TransportCounters right) => new(
        left.Receives - right.Receives,
        left.EmptyReceives - right.EmptyReceives,
        left.Sends - right.Sends,
        left.Waits - right.Waits,
        left.Looks - right.Looks,
        left.Wakes - right.Wakes,
        left.Requests - right.Requests,
        left.SystemCalls - right.SystemCalls);
}
