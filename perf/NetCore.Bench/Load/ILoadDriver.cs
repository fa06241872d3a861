namespace NetCore.Bench;

/// <summary>Puts load on a server: connects once, then runs one stretch after the other.</summary>
/// <remarks>
/// Used by one thread. What a stretch needs is made before its clock starts, so that a driver that does not allocate
/// reports no bytes. Every answer is checked: length, and that it belongs to its request.
/// </remarks>
internal interface ILoadDriver : IDisposable
{
    /// <summary>System calls so far, where what makes the load counts them; null where not.</summary>
    long? SystemCalls => null;

    /// <summary>Requests to a ring so far, where there is one and they are counted; null where not.</summary>
    long? Requests => null;

    /// <summary>
    /// Opens the connections, and for <see cref="Traffic.Idle"/> makes one request on each; once, before the first
    /// stretch.
    /// </summary>
    /// <exception cref="BenchException">The server is not there, or a connection broke.</exception>
    void Connect(Uri address, LoadShape shape);

    /// <summary>Runs one stretch and returns when nothing is under way any more.</summary>
    /// <exception cref="BenchException">An answer was wrong, or the server closed a connection.</exception>
    StretchResult Run(Stretch stretch);
}
