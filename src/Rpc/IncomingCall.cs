using NetCore.Rpc.Internal;
using NetCore.Transport;

namespace NetCore.Rpc;

/// <summary>One call at the server, from its dispatch to its answer.</summary>
/// <remarks>
/// Pooled: valid until the task of <see cref="IDispatcher.DispatchAsync"/> completes. Used by one flow of control at a
/// time.
/// </remarks>
public abstract class IncomingCall
{
    // The generic members are not virtual: finding a generic virtual method costs a look-up for each call.
    private protected IncomingCall()
    {
    }

    /// <summary>The method that is called.</summary>
    public abstract RpcMethod Method { get; }

    /// <summary>Name of the method on the wire.</summary>
    public ulong MethodId => Method.Id;

    /// <summary>Cancelled when the caller cancels, its deadline passes or its connection is lost.</summary>
    public abstract CancellationToken CancellationToken { get; }

    /// <summary>Time left until the caller's deadline; zero when it has passed.</summary>
    public abstract TimeSpan TimeLeft { get; }

    /// <summary>Where the caller's connection comes from.</summary>
    public abstract TransportAddress RemoteAddress { get; }

    /// <summary>
    /// This side of a call with items, which belongs to the call; null when the method has none.
    /// </summary>
    public abstract RpcStream? Stream { get; }

    /// <summary>
    /// Makes calls to the caller's side, over the same connection: to what it serves by
    /// <see cref="RpcClientOptions.Services"/>, or as a server.
    /// </summary>
    public abstract IInvoker Caller { get; }

    internal RequestBody Body { get; private protected init; } = null!;

    internal CallReply Answer { get; private protected init; } = null!;

    /// <summary>Decodes the request.</summary>
    /// <remarks>Memory in the value that refers to received bytes is valid as long as the call.</remarks>
    /// <exception cref="RpcFormatException">The bytes do not fit the contract.</exception>
    public TRequest Read<TRequest>(IMessageCodec<TRequest> codec)
    {
        ArgumentNullException.ThrowIfNull(codec);
        return Body.Read(codec);
    }

    /// <summary>Decodes a request whose last value is bytes, and gives these where they lie, without a copy.</summary>
    /// <param name="codec">Reads the request by <see cref="RpcReader.ReadMemory"/> at its end.</param>
    /// <param name="request">The request, in which the bytes are left empty.</param>
    /// <returns>
    /// The bytes, valid until <see cref="IDispatcher.DispatchAsync"/> returns, be the call complete or not. A request
    /// that came in pieces is copied once, into rented memory.
    /// </returns>
    /// <exception cref="RpcFormatException">The bytes do not fit the contract.</exception>
    public ReadOnlySpan<byte> ReadBytes<TRequest>(IMessageCodec<TRequest> codec, out TRequest request)
    {
        ArgumentNullException.ThrowIfNull(codec);
        return Body.ReadBytes(codec, out request);
    }

    /// <summary>
    /// Answers with <paramref name="response"/>, encoded before this returns. For a one-way call it does nothing.
    /// </summary>
    /// <exception cref="RpcException">
    /// The response is larger than the caller takes (<see cref="RpcErrorCode.MessageTooLarge"/>); let it pass to tell
    /// so.
    /// </exception>
    public void Reply<TResponse>(IMessageCodec<TResponse> codec, TResponse response)
    {
        ArgumentNullException.ThrowIfNull(codec);
        if (!Answer.IsOneWay)
        {
            Answer.Give(codec, in response);
        }
    }

    /// <summary>Answers with a failure.</summary>
    /// <param name="code">Not <see cref="RpcErrorCode.None"/>.</param>
    /// <param name="detail">For people; cut at <see cref="RpcLimits.MaxErrorDetailBytes"/>.</param>
    public abstract void Fail(RpcErrorCode code, string? detail);

    /// <summary>
    /// Answers with the result of <paramref name="pending"/> when it is there, at once when it is there already.
    /// </summary>
    public ValueTask ReplyAsync<TResponse>(IMessageCodec<TResponse> codec, ValueTask<TResponse> pending)
    {
        if (!pending.IsCompletedSuccessfully)
        {
            return ReplyLaterAsync(codec, pending);
        }

        Reply(codec, pending.Result);
        return default;
    }

    /// <summary>Answers without a result when <paramref name="pending"/> is complete.</summary>
    public ValueTask ReplyAsync(ValueTask pending)
    {
        if (!pending.IsCompletedSuccessfully)
        {
            return ReplyLaterAsync(pending);
        }

        pending.GetAwaiter().GetResult();
        Reply(NothingCodec.Instance, default);
        return default;
    }

    /// <summary>Sends all <paramref name="items"/> and then answers without a result.</summary>
    /// <exception cref="InvalidOperationException">The method gives its caller no items.</exception>
    public async ValueTask ReplyAsync<TItem>(IMessageCodec<TItem> codec, IAsyncEnumerable<TItem> items)
    {
        ArgumentNullException.ThrowIfNull(codec);
        ArgumentNullException.ThrowIfNull(items);
        var stream = Stream is { } own && Method.GetsItems
            ? own : throw new InvalidOperationException($"{Method} gives its caller no items.");
        if (!await ItemPump.RunAsync(stream, codec, items, CancellationToken).ConfigureAwait(false))
        {
            CancellationToken.ThrowIfCancellationRequested();
        }

        Reply(NothingCodec.Instance, default);
    }

    /// <summary>The caller's items, as something to enumerate once.</summary>
    /// <exception cref="InvalidOperationException">The method's caller sends no items.</exception>
    public IAsyncEnumerable<TItem> ReadItems<TItem>(IMessageCodec<TItem> codec) =>
        Stream is { } own && Method.SendsItems ? own.ReadAllAsync(codec)
            : throw new InvalidOperationException($"The caller of {Method} sends no items.");

    private async ValueTask ReplyLaterAsync<TResponse>(IMessageCodec<TResponse> codec, ValueTask<TResponse> pending) =>
        Reply(codec, await pending.ConfigureAwait(false));

    private async ValueTask ReplyLaterAsync(ValueTask pending)
    {
        await pending.ConfigureAwait(false);
        Reply(NothingCodec.Instance, default);
    }
}
