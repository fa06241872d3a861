namespace NetCore.Transport;

/// <summary>
/// Gives the output of one <see cref="Connection"/> when asked; order and priority are decided here.
/// </summary>
public interface ISendSource
{
    /// <summary>Puts what should be sent next into <paramref name="batch"/>.</summary>
    /// <param name="batch">Takes at most <see cref="TransportLimits.MaxSendBatchBytes"/>.</param>
    /// <returns>Whether there is more, nothing more for now, or an end of the output after this batch.</returns>
    /// <remarks>
    /// Called by the holder of the send role, on any thread, never overlapping itself, possibly beside a receive
    /// callback. It must not block. A throw aborts the connection with <see cref="TransportError.SourceFailed"/>.
    /// </remarks>
    SendState FillSend(ref SendBatch batch);
}
