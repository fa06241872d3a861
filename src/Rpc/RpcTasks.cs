using System.Runtime.CompilerServices;

namespace NetCore.Rpc;

/// <summary>Calls and conversions of pending calls, used by generated proxies.</summary>
public static class RpcTasks
{
    /// <summary>Calls <paramref name="invoker"/>; the client itself without the look-up of a generic method.</summary>
    /// <inheritdoc cref="IInvoker.InvokeAsync"/>
    /// <param name="invoker">Makes the call.</param>
    /// <param name="method">The method.</param>
    /// <param name="request">The parameters.</param>
    /// <param name="options">Deadline.</param>
    /// <param name="cancellationToken">Ends the wait at once and tells the server.</param>
    public static ValueTask<TResponse> InvokeAsync<TRequest, TResponse>(
        IInvoker invoker,
        RpcMethod<TRequest, TResponse> method,
        TRequest request,
        CallOptions options,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(invoker);
        return invoker is RpcClient client
            ? client.InvokeAsync(method, request, options, cancellationToken)
            : invoker.InvokeAsync(method, request, options, cancellationToken);
    }

    /// <summary>The same call without its empty result. Await it exactly once, as the one given.</summary>
    /// <remarks>
    /// A call that is complete costs nothing. A pending one borrows a state machine that the runtime keeps for reuse,
    /// one for each thread and one for each core: what waits at the same time beyond that is allocated.
    /// </remarks>
    public static ValueTask Ignore(ValueTask<Nothing> pending)
    {
        if (!pending.IsCompletedSuccessfully)
        {
            return IgnoreLaterAsync(pending);
        }

        // Taking the result gives the source behind the call back to its pool.
        _ = pending.Result;
        return default;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private static async ValueTask IgnoreLaterAsync(ValueTask<Nothing> pending) =>
        _ = await pending.ConfigureAwait(false);
}
