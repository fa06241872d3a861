namespace NetCore.Transport.Internal;

/// <summary>What a byte stream tells its connection. Never called inside a call of the connection.</summary>
internal interface IConnectionIoEvents
{
    /// <summary>The wait is over: there is input, its end, or an error; the next receive tells which.</summary>
    void OnReadable();

    /// <summary>
    /// Instead of <see cref="OnReadable"/>: receives when the wait is on; true when something was there.
    /// </summary>
    bool TryReceive();

    /// <summary>The wait will be long: memory that only waits is given back.</summary>
    void OnIdle();

    /// <summary>Who serves the stream ends: the connection is to be closed.</summary>
    void OnEngineEnds();

    /// <summary>The close is over: the kernel holds nothing of the stream any more. Only after Close said so.</summary>
    void OnStreamClosed();

    /// <summary>
    /// The close does not end: the kernel keeps the stream's descriptor and the memory of a pending send, and neither
    /// is used by anybody else. <see cref="OnStreamClosed"/> may follow some day. On the executor of the connection.
    /// </summary>
    /// <param name="requests">What the kernel has not ended.</param>
    /// <param name="sends">Whether the pending send is among it, whose completion is not told then.</param>
    void OnStreamLost(int requests, bool sends);

    /// <summary>
    /// The pending send is over. <paramref name="result"/> counts bytes that the buffer was told of already.
    /// </summary>
    void OnSendCompleted(IoResult result);
}
