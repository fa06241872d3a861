namespace NetCore.Transport.Internal;

/// <summary>Calls the user at an accept; what it throws ends that connection alone.</summary>
internal static class AcceptCallback
{
    public static void Invoke(Action<Connection> onAccepted, PumpConnection connection, TransportAddress address)
    {
        try
        {
            onAccepted(connection);
        }
#pragma warning disable CA1031 // Whatever the callback throws, the listener goes on.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            connection.Log.AcceptCallbackThrew(address, exception);
            connection.Abort(TransportError.ReceiverFailed, "The accept callback threw.", exception);
        }
    }
}
