namespace NetCore.Rpc;

/// <summary>Where the code after the <c>await</c> of a call runs.</summary>
public enum RpcContinuations
{
    /// <summary>On a thread of the world's executor; it may block.</summary>
    Pool,

    /// <summary>
    /// On the thread that received the answer, at the end of the receive batch: no hop, and the calls that it makes
    /// next leave in one send. It must neither block nor take long, because every connection of that thread waits for
    /// it.
    /// </summary>
    /// <remarks>
    /// In the order of the answers, one after the other, never inside another one. What ends outside of a batch, by
    /// deadline, cancellation or loss of the connection, is posted to that thread; where the engine has no reactors,
    /// and after the connection has ended, to the world's executor. A call that another thread makes may be answered
    /// before it is awaited: then its caller goes on where it is, or in the thread pool.
    /// </remarks>
    Reactor,
}
