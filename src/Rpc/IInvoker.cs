namespace NetCore.Rpc;

/// <summary>Makes calls: the client's one verb. Decorators wrap it.</summary>
/// <remarks>
/// Thread-safe. Generated proxies call it; <see cref="InvokerPipeline"/> composes decorators around it.
/// </remarks>
public interface IInvoker
{
    /// <summary>Calls <paramref name="method"/> and gives its response.</summary>
    /// <param name="method">The method.</param>
    /// <param name="request">
    /// The parameters; they are encoded before this returns, so memory they refer to may be reused at once.
    /// </param>
    /// <param name="options">Deadline.</param>
    /// <param name="cancellationToken">Ends the wait at once and tells the server.</param>
    /// <returns>
    /// The response, which belongs to the caller. Await it exactly once. A one-way method completes when its request is
    /// queued to be sent.
    /// </returns>
    /// <exception cref="RpcException">The call failed; code and execution say how. Also at its deadline.</exception>
    /// <exception cref="OperationCanceledException">The caller's token was cancelled.</exception>
    ValueTask<TResponse> InvokeAsync<TRequest, TResponse>(
        RpcMethod<TRequest, TResponse> method,
        TRequest request,
        CallOptions options = default,
        CancellationToken cancellationToken = default);
}
