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

    /// <summary>
    /// Calls a method with items. Nothing is thrown for a call that fails: its stream says so when read.
    /// </summary>
    /// <param name="method">Its kind is not <see cref="RpcMethodKind.Unary"/>.</param>
    /// <param name="requestCodec">Writes the request.</param>
    /// <param name="request">The parameters that are no stream, encoded before this returns.</param>
    /// <param name="options">
    /// Deadline of the whole call. Where none is set it is <see cref="RpcClientOptions.DefaultStreamTimeout"/>.
    /// </param>
    /// <param name="cancellationToken">Ends the call at once and tells the other side.</param>
    /// <returns>The caller's side of the call; the caller disposes it.</returns>
    /// <exception cref="NotSupportedException">
    /// The invoker, mostly a decorator, passes unary calls only. The default.
    /// </exception>
    RpcStream OpenStream<TRequest>(
        RpcMethod method,
        IMessageCodec<TRequest> requestCodec,
        TRequest request,
        CallOptions options = default,
        CancellationToken cancellationToken = default) =>
        throw new NotSupportedException(
            $"{GetType().Name} makes unary calls only: let it implement IInvoker.OpenStream to call {method}.");
}
