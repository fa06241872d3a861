using System.Runtime.ExceptionServices;
using NetCore.Rpc.Internal;

namespace NetCore.Rpc;

/// <summary>Calls with items, used by generated proxies.</summary>
public static class RpcStreams
{
    /// <summary>A call whose caller gets items. Each enumeration is a call, made when it begins.</summary>
    public static IAsyncEnumerable<TReceived> Receive<TRequest, TSent, TReceived, TResponse>(
        IInvoker invoker,
        RpcStreamMethod<TRequest, TSent, TReceived, TResponse> method,
        TRequest request,
        CallOptions options,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(invoker);
        ArgumentNullException.ThrowIfNull(method);
        return new ReceivedItems<TReceived>(
            _ => Open(invoker, method, request, null, options, cancellationToken),
            method.ReceivedCodec,
            ownsStream: true);
    }

    /// <summary>The same of a call whose caller sends items too.</summary>
    public static IAsyncEnumerable<TReceived> Exchange<TRequest, TSent, TReceived, TResponse>(
        IInvoker invoker,
        RpcStreamMethod<TRequest, TSent, TReceived, TResponse> method,
        TRequest request,
        IAsyncEnumerable<TSent> items,
        CallOptions options,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(invoker);
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(items);
        return new ReceivedItems<TReceived>(
            _ => Open(invoker, method, request, items, options, cancellationToken),
            method.ReceivedCodec,
            ownsStream: true);
    }

    /// <summary>A call whose caller sends items and gets a result.</summary>
    public static async ValueTask<TResponse> SendAsync<TRequest, TSent, TReceived, TResponse>(
        IInvoker invoker,
        RpcStreamMethod<TRequest, TSent, TReceived, TResponse> method,
        TRequest request,
        IAsyncEnumerable<TSent> items,
        CallOptions options,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(invoker);
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(items);
        var stream = Open(invoker, method, request, items, options, cancellationToken);
        await using (stream.ConfigureAwait(false))
        {
            try
            {
                var response = await stream.ReadResponseAsync(method.ResponseCodec).ConfigureAwait(false);
                return stream.SendError is null ? response : throw stream.SendError;
            }
            catch (Exception error) when (stream.SendError is { } cause && error != cause)
            {
                // What the caller's own items threw comes first; the call failed because of it.
                ExceptionDispatchInfo.Throw(cause);
                throw;
            }
        }
    }

    private static RpcStream Open<TRequest, TSent, TReceived, TResponse>(
        IInvoker invoker,
        RpcStreamMethod<TRequest, TSent, TReceived, TResponse> method,
        TRequest request,
        IAsyncEnumerable<TSent>? items,
        CallOptions options,
        CancellationToken cancellationToken)
    {
        var stream = invoker.OpenStream(method, method.RequestCodec, request, options, cancellationToken);
        if (items is not null)
        {
            ItemPump.Start(stream, method.SentCodec, items);
        }

        return stream;
    }
}
