using NetCore.Rpc.Internal;
using NetCore.Transport;

namespace NetCore.Rpc;

/// <summary>
/// One side of a call with items: writes its own, reads the other's. The same for caller and handler.
/// </summary>
/// <remarks>
/// <para>
/// One flow of control writes and one reads, beside each other if they like; <see cref="Cancel()"/> is for any thread.
/// The waits end with the call: at its deadline, by cancellation, or with its connection. Generated code makes an
/// <see cref="IAsyncEnumerable{T}"/> of it.
/// </para>
/// <para>
/// Items that are written wait for each other: they go out when 16 KiB are together, when a read of this side has to
/// wait, by <see cref="Flush"/>, and else when the executor comes to it. Nothing is allocated per item.
/// </para>
/// <para>
/// A caller gets one from <see cref="IInvoker.OpenStream"/> and disposes it. A handler's belongs to its call, which it
/// ends by an answer like any other.
/// </para>
/// </remarks>
public sealed class RpcStream : IAsyncDisposable
{
    private readonly IStreamSide _side;

    internal RpcStream(IStreamSide side)
    {
        _side = side;
        Reader = new ItemReader(side);
        Writer = new ItemWriter(side);
    }

    /// <summary>The method that was called.</summary>
    public RpcMethod Method => _side.Method;

    /// <summary>Where the other side is.</summary>
    public TransportAddress RemoteAddress => _side.Session.Connection.RemoteAddress;

    /// <summary>
    /// The bytes of the item that <see cref="ReadAsync"/> found, valid until it is called again or the stream is
    /// disposed.
    /// </summary>
    public ReadOnlyMemory<byte> Current => Reader.Current;

    internal ItemReader Reader { get; }

    internal ItemWriter Writer { get; }

    /// <summary>Why the caller's items ended before their end; what they threw.</summary>
    internal Exception? SendError { get; set; }

    /// <summary>Cancelled when the call is over, also in order.</summary>
    internal CancellationToken Over => _side.Over;

    /// <summary>Writes an item of bytes, which are copied before this returns.</summary>
    /// <returns>
    /// Completes when there is room for the next one. False: the call is over and nobody takes items; a read says why.
    /// </returns>
    /// <exception cref="RpcException">
    /// The item is larger than the peer takes, or there is no memory; it was not sent, and the stream goes on.
    /// </exception>
    /// <exception cref="InvalidOperationException">The items were ended, or a write is under way.</exception>
    public ValueTask<bool> WriteAsync(ReadOnlyMemory<byte> item) =>
        Writer.WriteAsync(RawCodec.Instance, in item, flushSoon: true);

    /// <summary>Writes an item, encoded before this returns.</summary>
    /// <inheritdoc cref="WriteAsync(ReadOnlyMemory{byte})"/>
    public ValueTask<bool> WriteAsync<T>(IMessageCodec<T> codec, T item)
    {
        ArgumentNullException.ThrowIfNull(codec);
        return Writer.WriteAsync(codec, in item, flushSoon: true);
    }

    /// <summary>Sends what was written and waits to go out together with more.</summary>
    public void Flush() => Writer.Flush();

    /// <summary>
    /// Says that the caller writes no more; reading goes on. A handler does not need it: its answer ends its items.
    /// </summary>
    public void CompleteWriting() => _side.CompleteWriting(default);

    /// <summary>Goes on to the next item; at once while items are there.</summary>
    /// <returns>False after the last item, when the other side has ended in order.</returns>
    /// <exception cref="RpcException">
    /// The call, or the other side's items, failed; after the items before it.
    /// </exception>
    /// <exception cref="OperationCanceledException">This side cancelled; items that were there are dropped.</exception>
    /// <exception cref="InvalidOperationException">A read is under way.</exception>
    public ValueTask<bool> ReadAsync() => Reader.ReadAsync();

    /// <summary>Decodes the item that <see cref="ReadAsync"/> found.</summary>
    /// <remarks>Memory in the value that refers to received bytes is valid as long as <see cref="Current"/>.</remarks>
    /// <exception cref="RpcFormatException">The bytes do not fit the contract.</exception>
    public T Decode<T>(IMessageCodec<T> codec)
    {
        ArgumentNullException.ThrowIfNull(codec);
        return Reader.Decode(codec);
    }

    /// <summary>The items as they come, to be enumerated once. Leaving the enumeration drops the rest.</summary>
    public IAsyncEnumerable<T> ReadAllAsync<T>(IMessageCodec<T> codec)
    {
        ArgumentNullException.ThrowIfNull(codec);
        return new ReceivedItems<T>(_ => this, codec, ownsStream: false);
    }

    /// <summary>The result that follows the items, which are passed over. For the caller, once.</summary>
    /// <exception cref="RpcException">The call failed.</exception>
    /// <exception cref="OperationCanceledException">This side cancelled.</exception>
    public async ValueTask<TResponse> ReadResponseAsync<TResponse>(IMessageCodec<TResponse> codec)
    {
        ArgumentNullException.ThrowIfNull(codec);
        while (await Reader.ReadAsync().ConfigureAwait(false))
        {
        }

        return Reader.DecodeResponse(codec);
    }

    /// <summary>Gives the call up: both directions end at once and the other side is told.</summary>
    public void Cancel() => _side.Cancel(CancellationToken.None);

    internal void Cancel(CancellationToken token) => _side.Cancel(token);

    /// <summary>What gives the caller's items threw.</summary>
    internal void FailWriting(Exception error)
    {
        if (Over.IsCancellationRequested)
        {
            // The call did not end because of it.
            return;
        }

        SendError = error;
        var rejected = error as RpcException;
        _side.CompleteWriting(new CallOutcome(
            rejected is { Code: not RpcErrorCode.None } ? rejected.Code : RpcErrorCode.HandlerFailed,
            RpcExecution.Executed,
            rejected?.Message ?? $"They failed with {error.GetType().Name}."));
    }

    /// <summary>
    /// Cancels the call unless it is over, and gives all memory back. Not while a read of another flow is under way.
    /// </summary>
    public ValueTask DisposeAsync()
    {
        _side.Leave();
        Reader.Dispose();
        return default;
    }
}
