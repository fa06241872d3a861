namespace NetCore.Transport.Internal;

/// <summary>
/// The operations of one kind of byte stream; <see cref="PumpConnection"/> makes a connection of them.
/// </summary>
/// <remarks>
/// Receive calls come from one thread at a time, send calls too, both beside each other and beside Close. Dispose
/// comes last, when all of them are over.
/// </remarks>
internal interface IConnectionIo : IDisposable
{
    /// <summary>Whether a receive follows soon without an event, so that the memory for it is worth keeping.</summary>
    bool IsPolled => false;

    /// <summary>Takes what is there, without waiting. Zero bytes done is the end of the input.</summary>
    IoResult Receive(ArraySegment<byte> into);

    /// <summary>
    /// A receive has found the end of the input after so many bytes: why it is none, since the error of a connection
    /// that is broken is told only once, and a send has been told. Done with zero bytes when it is one.
    /// </summary>
    IoResult ConfirmEnd(long received) => IoResult.Done(0);

    /// <summary>
    /// True when a receive is worth trying; false when <see cref="IConnectionIoEvents.OnReadable"/> follows.
    /// </summary>
    bool WaitReadable();

    /// <summary>Sends what <paramref name="buffer"/> holds and tells it what is sent.</summary>
    /// <returns>
    /// Done when all is sent; Pending when <see cref="IConnectionIoEvents.OnSendCompleted"/> follows.
    /// </returns>
    IoResult Send(SendBuffer buffer);

    /// <summary>
    /// The same for what does not wait for the end of a batch: the peer is to have it while this side goes on.
    /// </summary>
    IoResult SendNow(SendBuffer buffer) => Send(buffer);

    /// <summary>Ends the output in order.</summary>
    IoResult ShutdownSend();

    /// <summary>Ends everything; what is pending completes soon. Once; never blocks.</summary>
    /// <returns>
    /// True when <see cref="IDisposable.Dispose"/> may follow; false when the kernel may hold something of it until
    /// <see cref="IConnectionIoEvents.OnStreamClosed"/>.
    /// </returns>
    bool Close(bool abortive);
}
