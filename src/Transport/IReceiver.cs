namespace NetCore.Transport;

/// <summary>Gets the input of one <see cref="Connection"/>.</summary>
/// <remarks>
/// Callbacks of one connection never overlap, keep their order and may come on any thread. They must not block. A
/// callback that throws aborts its connection with <see cref="TransportError.ReceiverFailed"/>; nothing else is
/// affected.
/// </remarks>
public interface IReceiver
{
    /// <summary>Bytes arrived, in order; first come those that were not consumed last time.</summary>
    /// <param name="data">Valid until the callback returns, unless retained.</param>
    /// <returns>
    /// Bytes consumed, 0 to <c>data.Length</c>. The rest is delivered again together with what follows, or after
    /// a pause. Leaving <see cref="TransportLimits.MaxUnconsumedBytes"/> or more unconsumed without a pause aborts
    /// the connection.
    /// </returns>
    int OnReceived(in ReceivedData data);

    /// <summary>
    /// The batch of <see cref="OnReceived"/> calls is over; marked sends are flushed after it returns.
    /// </summary>
    void OnBatchEnd();

    /// <summary>
    /// The peer will send no more (half-close). At most once, after the last <see cref="OnReceived"/>; sending goes
    /// on until the source ends it. All that it has sent is there: over TCP on Linux a connection that is reset or
    /// times out is closed with that error and never comes to this, whichever call of the kernel was told of it.
    /// </summary>
    void OnEndOfInput();

    /// <summary>
    /// The connection is closed. Exactly once, the last callback, after <see cref="ISendSource.FillSend"/> is over
    /// too.
    /// </summary>
    void OnClosed(in ConnectionClose close);
}
