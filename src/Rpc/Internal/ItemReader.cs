using System.Threading.Tasks.Sources;
using NetCore.Core;
using NetCore.Session;

namespace NetCore.Rpc.Internal;

/// <summary>The receiving half of a stream: receive callbacks fill it, one consumer takes items.</summary>
/// <remarks>
/// The consumer takes whole messages under the lock and items from them without. What it has taken it reports to the
/// session when it goes on to the next message, once that is a quarter of the window. A wait ends on the side's queue.
/// </remarks>
internal sealed class ItemReader(IStreamSide side) : IValueTaskSource<bool>, IQueuedCall
{
    private readonly Lock _lock = new();
    private ManualResetValueTaskSourceCore<bool> _source;

    // Guarded by the lock.
    private readonly ItemInbox _inbox = new(side.World.Blocks);
    private CallOutcome _failure;
    private LeasedBytes _response;
    private CancellationToken _cancelled;
    private bool _hasEnd;
    private bool _waiting;
    private bool _disposed;
    private volatile bool _dropped;

    // The consumer's.
    private ItemCursor _cursor;
    private int _unreported;
    private bool _reading;

    IQueuedCall? IQueuedCall.Next { get; set; }

    RpcMethod IQueuedCall.Method => side.Method;

    /// <summary>The item's bytes in one piece.</summary>
    public ReadOnlyMemory<byte> Current => _cursor.Current;

    /// <summary>A message of items has come. False: it is not filled by items.</summary>
    /// <exception cref="ByteBudgetExceededException">No memory.</exception>
    public bool Append(in IncomingMessage message)
    {
        if (!ItemRecords.Fill(in message))
        {
            return false;
        }

        bool wake;
        lock (_lock)
        {
            if (_hasEnd || _dropped)
            {
                return true;
            }

            _inbox.Add(in message);
            wake = TakeWaiter_NeedsLock();
        }

        Wake(wake);
        return true;
    }

    /// <summary>Nothing more comes; the first end counts. The consumer hears of it after the items.</summary>
    /// <param name="failure">Why; default in order.</param>
    /// <param name="response">Of the caller: what follows the items. Taken over.</param>
    public void End(in CallOutcome failure, LeasedBytes response = default)
    {
        bool wake;
        lock (_lock)
        {
            if (_hasEnd || _dropped)
            {
                response.Dispose();
                return;
            }

            _hasEnd = true;
            _failure = failure;
            _response = response;
            wake = TakeWaiter_NeedsLock();
        }

        Wake(wake);
    }

    /// <summary>This side wants nothing more: what is there goes, and a wait ends.</summary>
    public void Drop(CancellationToken token)
    {
        bool wake;
        lock (_lock)
        {
            if (_dropped)
            {
                return;
            }

            _dropped = true;
            _cancelled = token;
            _inbox.Clear();
            _response.Dispose();
            _response = default;
            wake = TakeWaiter_NeedsLock();
        }

        Wake(wake);
    }

    /// <summary>The consumer leaves. The message that it is in goes too.</summary>
    public void Dispose()
    {
        Drop(default);
        lock (_lock)
        {
            _disposed = true;

            // One that waits leaves it when it is woken.
            if (!_reading)
            {
                _unreported += _cursor.Leave();
            }
        }
    }

    /// <summary>Bytes that count as taken by the consumer although they were no items: the request.</summary>
    public void CountTaken(int bytes) => _unreported += bytes;

    public ValueTask<bool> ReadAsync() => !_dropped && !_reading && _cursor.TryNext() ? new(true) : ReadSlowly();

    public T Decode<T>(IMessageCodec<T> codec)
    {
        var reader = _cursor.Reader;
        var value = codec.Decode(ref reader);
        reader.ExpectEnd();
        return value;
    }

    /// <summary>What came after the items. Memory in it is the caller's own.</summary>
    public TResponse DecodeResponse<TResponse>(IMessageCodec<TResponse> codec)
    {
        try
        {
            var reader = new RpcReader(_response, 0, _response.Length, copies: true);
            var value = codec.Decode(ref reader);
            reader.ExpectEnd();
            return value;
        }
        catch (Exception e) when (e is not ByteBudgetExceededException)
        {
            throw side.ToException(new CallOutcome(
                RpcErrorCode.BadMessage, RpcExecution.Executed, $"The response cannot be read: {e.Message}"));
        }
    }

    bool IValueTaskSource<bool>.GetResult(short token)
    {
        if (_source.GetStatus(token) == ValueTaskSourceStatus.Pending)
        {
            throw new InvalidOperationException("The item is not there yet. Await the read; blocking does not wait.");
        }

        _reading = false;
        return _source.GetResult(token);
    }

    ValueTaskSourceStatus IValueTaskSource<bool>.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource<bool>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);

    /// <summary>The consumer goes on.</summary>
    bool IQueuedCall.Run()
    {
        bool? found;
        Exception? error;
        int taken;
        lock (_lock)
        {
            found = Advance_NeedsLock(out error);
            if (found is null)
            {
                _waiting = true;
                return true;
            }

            taken = TakeUnreported_NeedsLock();
        }

        Report(taken);
        if (error is not null)
        {
            _source.SetException(error);
        }
        else
        {
            _source.SetResult(found.Value);
        }

        return true;
    }

    private ValueTask<bool> ReadSlowly()
    {
        bool? found;
        Exception? error;
        int taken;
        lock (_lock)
        {
            if (_reading)
            {
                throw new InvalidOperationException("A read of the stream is under way already.");
            }

            found = Advance_NeedsLock(out error);
            if (found is null)
            {
                _source.Reset();
                _reading = _waiting = true;
            }

            taken = TakeUnreported_NeedsLock();
        }

        Report(taken);
        if (found is not null)
        {
            return error is null ? new(found.Value) : ValueTask.FromException<bool>(error);
        }

        // Whoever waits for an answer to what it has written wants that to go out.
        var pending = new ValueTask<bool>(this, _source.Version);
        side.FlushWrites();
        return pending;
    }

    // True: there is an item. False: it is over, with an error or in order. Null: nothing is there yet.
    private bool? Advance_NeedsLock(out Exception? error)
    {
        error = null;
        _unreported += _cursor.Leave();
        if (_dropped)
        {
            error = _disposed
                ? new ObjectDisposedException(nameof(RpcStream)) : new OperationCanceledException(_cancelled);
            return false;
        }

        if (_inbox.TryTake(out var message))
        {
            _cursor.Enter(message);
            return _cursor.TryNext();
        }

        if (_hasEnd && _failure.Code != RpcErrorCode.None)
        {
            error = side.ToException(in _failure);
        }

        return _hasEnd ? false : null;
    }

    // With the lock: who begins to wait is woken as soon as it is released, on another thread, which reports as well.
    private int TakeUnreported_NeedsLock()
    {
        if (_unreported < side.Quarter)
        {
            return 0;
        }

        (var taken, _unreported) = (_unreported, 0);
        return taken;
    }

    private void Report(int taken)
    {
        if (taken > 0)
        {
            side.Consume(taken);
        }
    }

    private bool TakeWaiter_NeedsLock()
    {
        var waits = _waiting;
        _waiting = false;
        return waits;
    }

    private void Wake(bool wake)
    {
        if (wake)
        {
            side.Wake(this);
        }
    }
}
