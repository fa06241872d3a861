using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace NetCore.Rpc.Internal;

/// <summary>Enumerates the items of a stream; synchronously while they are there.</summary>
internal sealed class ItemEnumerator<T> : IAsyncEnumerator<T>
{
    private readonly RpcStream _stream;
    private readonly IMessageCodec<T> _codec;
    private readonly bool _ownsStream;
    private readonly CancellationTokenRegistration _registration;

    public ItemEnumerator(RpcStream stream, IMessageCodec<T> codec, bool ownsStream, CancellationToken token)
    {
        _stream = stream;
        _codec = codec;
        _ownsStream = ownsStream;
        _registration = token.UnsafeRegister(
            static (items, token) => ((ItemEnumerator<T>)items!).OnCancelled(token), this);
        Current = default!;
    }

    public T Current { get; private set; }

    public ValueTask<bool> MoveNextAsync()
    {
        var next = _stream.Reader.ReadAsync();
        if (!next.IsCompletedSuccessfully)
        {
            return MoveLaterAsync(next);
        }

        return next.Result ? new(Take()) : new(Finish());
    }

    public async ValueTask DisposeAsync()
    {
        await _registration.DisposeAsync().ConfigureAwait(false);
        if (_ownsStream)
        {
            await _stream.DisposeAsync().ConfigureAwait(false);
        }
        else
        {
            _stream.Reader.Dispose();
        }
    }

    private void OnCancelled(CancellationToken token)
    {
        if (_ownsStream)
        {
            _stream.Cancel(token);
        }
        else
        {
            _stream.Reader.Drop(token);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> MoveLaterAsync(ValueTask<bool> next)
    {
        try
        {
            return await next.ConfigureAwait(false) ? Take() : Finish();
        }
        catch (Exception error) when (_ownsStream && _stream.SendError is { } cause && error != cause)
        {
            // What the caller's own items threw comes first; the call failed because of it.
            ExceptionDispatchInfo.Throw(cause);
            throw;
        }
    }

    private bool Take()
    {
        try
        {
            Current = _stream.Reader.Decode(_codec);
            return true;
        }
        catch (RpcFormatException e)
        {
            _stream.Cancel();
            throw new RpcException(
                RpcErrorCode.BadMessage,
                $"An item of {_stream.Method} cannot be read: {e.Message}",
                RpcExecution.MaybeExecuted,
                e);
        }
    }

    private bool Finish()
    {
        Current = default!;
        if (_ownsStream && _stream.SendError is { } cause)
        {
            ExceptionDispatchInfo.Throw(cause);
        }

        if (_ownsStream)
        {
            // The items are the whole result: bytes behind them are left over.
            _stream.Reader.DecodeResponse(NothingCodec.Instance);
        }

        return false;
    }
}
