namespace NetCore.PubSub;

/// <summary>Something with topics failed. The one exception of this layer.</summary>
public sealed class PubSubException : Exception
{
    /// <summary>Creates it.</summary>
    /// <param name="code">Why.</param>
    /// <param name="message">For people.</param>
    /// <param name="innerException">The cause.</param>
    public PubSubException(PubSubErrorCode code, string message, Exception? innerException = null)
        : base(message, innerException) => Code = code;

    /// <summary>Why.</summary>
    public PubSubErrorCode Code { get; }
}
