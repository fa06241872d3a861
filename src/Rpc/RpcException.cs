namespace NetCore.Rpc;

/// <summary>A call failed. The one exception of this layer.</summary>
/// <remarks>
/// A handler throws it to answer with its own code and detail; any other exception becomes
/// <see cref="RpcErrorCode.HandlerFailed"/>.
/// </remarks>
public sealed class RpcException : Exception
{
    /// <summary>Creates it.</summary>
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
