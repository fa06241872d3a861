namespace NetCore.Rpc;

/// <summary>Where a method of a service starts.</summary>
public enum RpcLane
{
    /// <summary>On a thread of the world's executor. It may block, and then only its own slot suffers.</summary>
    Pool,

    /// <summary>
    /// On the thread that received the request, inside the receive batch: no hop and no copy of the request. It must
    /// neither block nor take long, because every connection of that thread waits for it; normally it completes at
    /// once. The replies of a batch leave in one send at its end.
    /// </summary>
    /// <remarks>
    /// One that does not complete at once goes on wherever its awaits complete; that is counted and logged, and all
    /// else holds as for other methods. It is never moved once it has started.
    /// </remarks>
    Inline,
}
