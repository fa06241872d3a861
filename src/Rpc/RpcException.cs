namespace NetCore.Rpc;

/// <summary>A call failed. The one exception of this layer.</summary>
/// <remarks>
/// A handler throws it to answer with its own code and detail; any other exception becomes
/// <see cref="RpcErrorCode.HandlerFailed"/>.
/// </remarks>
public sealed class RpcException : Exception
{
    /// <summary>Creates it.</summary>
    /// <param name="code">Why.</param>
    /// <param name="message">For people. What a handler says here reaches the caller.</param>
    /// <param name="execution">
    /// For decorators. The caller sees that of a server's decorator as long as nobody has read the request; after
    /// that, and when a handler throws, it sees <see cref="RpcExecution.Executed"/>.
    /// </param>
    /// <param name="innerException">The cause; it stays in this process.</param>
    public RpcException(
        RpcErrorCode code,
        string message,
        RpcExecution execution = RpcExecution.Executed,
        Exception? innerException = null)
        : base(message, innerException)
    {
        Code = code;
        Execution = execution;
    }

    /// <summary>Why.</summary>
    public RpcErrorCode Code { get; }

    /// <summary>Whether the server may have executed the call.</summary>
    public RpcExecution Execution { get; }
}
