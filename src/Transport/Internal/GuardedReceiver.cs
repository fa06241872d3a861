namespace NetCore.Transport.Internal;

/// <summary>Calls a receiver; whatever it throws ends its own connection and nothing else.</summary>
internal readonly struct GuardedReceiver(PumpConnection connection, IReceiver receiver)
{
    /// <summary>Bytes consumed; 0 when the receiver failed and the connection is aborted.</summary>
    public int OnReceived(in ReceivedData data)
    {
        try
        {
            var consumed = receiver.OnReceived(data);
            return (uint)consumed <= (uint)data.Length
                ? consumed
                : throw new InvalidOperationException($"The receiver consumed {consumed} of {data.Length} bytes.");
        }
#pragma warning disable CA1031 // See the summary.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Abort(exception);
            return 0;
        }
    }

    public void EndBatch(bool delivered, bool endOfInput)
    {
        try
        {
            if (delivered)
            {
                receiver.OnBatchEnd();
            }

            if (endOfInput)
            {
                receiver.OnEndOfInput();
            }
        }
#pragma warning disable CA1031 // See the summary.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Abort(exception);
        }
    }

    private void Abort(Exception exception)
    {
        connection.Log.ReceiverThrew(connection.Id, exception);
        connection.Abort(TransportError.ReceiverFailed, "The receiver threw.", exception);
    }
}
