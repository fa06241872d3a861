namespace NetCore.Rpc.Tests;

/// <summary>Runs the test's code around each call at the server.</summary>
internal sealed class AroundDispatcher(IDispatcher next, Func<IncomingCall, IDispatcher, ValueTask> around)
    : IDispatcher
{
    public IReadOnlyList<RpcMethod> Methods => next.Methods;

    public ValueTask DispatchAsync(IncomingCall call) => around(call, next);
}

/// <summary>Runs the test's code before each call of a client.</summary>
internal sealed class BeforeInvoker(IInvoker next, Action before) : IInvoker
{
    public ValueTask<TResponse> InvokeAsync<TRequest, TResponse>(
        RpcMethod<TRequest, TResponse> method,
        TRequest request,
        CallOptions options = default,
        CancellationToken cancellationToken = default)
    {
        before();
        return next.InvokeAsync(method, request, options, cancellationToken);
    }
}
