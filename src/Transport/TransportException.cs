namespace NetCore.Transport;

/// <summary>The one exception of this layer. The message says what failed, where, and what to do about it.</summary>
public sealed class TransportException : IOException
{
    /// <summary>Creates it for <paramref name="error"/>.</summary>
    public TransportException(TransportError error, string message, Exception? innerException = null)
        : base(message, innerException) => Error = error;

    /// <summary>Which error it is.</summary>
    public TransportError Error { get; }
}
