namespace NetCore.Session;

/// <summary>The one exception of this layer: the session could not be established.</summary>
public sealed class SessionException : IOException
{
    /// <summary>Creates it.</summary>
    public SessionException(SessionError error, string message, Exception? innerException = null)
        : base(message, innerException) => Error = error;

    /// <summary>Why.</summary>
    public SessionError Error { get; }
}
