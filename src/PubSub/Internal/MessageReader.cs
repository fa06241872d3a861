using System.Threading.Tasks.Sources;
using NetCore.Core;

namespace NetCore.PubSub.Internal;

/// <summary>Messages of one subscription that wait to be enumerated, and the one enumeration.</summary>
/// <remarks>
/// The receiving thread adds whole batches; the enumerating one takes a batch at a time, and messages out of it
/// without a lock.
/// </remarks>
internal sealed class MessageReader<T>(Subscription<T> owner, ClientStream stream, IMessageFormat<T> format)
    : IAsyncEnumerator<Message<T>>, IValueTaskSource<bool>, IThreadPoolWorkItem
{
    private readonly ChunkQueue _chunks = new();
    private readonly SliceArena _arena = new(stream.World.Blocks, "messages to enumerate");
    private ManualResetValueTaskSourceCore<bool> _core;
    private CancellationToken _cancellation;
    private CancellationTokenRegistration _registration;

    // Guarded by the lock.
    private bool _enumerating;
    private bool _waiting;
    private bool _over;
    private bool _dropped;
    private PubSubException? _reason;

    // Of the enumerating thread.
    private MessageChunk _chunk;
    private ReadOnlyMemory<byte> _rest;
    private int _index;
    private bool _hasChunk;

    public Lock Lock { get; } = new();

    public Message<T> Current { get; private set; }

    public IAsyncEnumerator<Message<T>> Begin(CancellationToken cancellationToken)
    {
        lock (Lock)
        {
            if (_enumerating)
            {
                throw new InvalidOperationException("The subscription is being enumerated already.");
            }

            _enumerating = true;
        }

        _cancellation = cancellationToken;
        _registration = cancellationToken.UnsafeRegister(static me => ((MessageReader<T>)me!).Signal(), this);
        return this;
    }

    public void Add(in Delivery delivery, in ReceivedRecords records)
    {
        bool wake;
        lock (Lock)
        {
            if (_dropped)
            {
                return;
            }

            try
            {
                _chunks.Add(MessageChunk.Of(in delivery, records.Keep(_arena), records.Length));
            }
            catch (ByteBudgetExceededException)
            {
                _chunks.Add(MessageChunk.Lost(in delivery, records.Length));
            }

            wake = TakeWaiting_NeedsLock();
        }

        Post(wake);
    }

    public void Add(Gap gap)
    {
        bool wake;
        lock (Lock)
        {
            if (_dropped)
            {
                return;
            }

            _chunks.Add(gap);
            wake = TakeWaiting_NeedsLock();
        }

        Post(wake);
    }

    public void End(PubSubException? reason)
    {
        bool wake;
        lock (Lock)
        {
            _over = true;
            _reason = reason;
            _arena.Drop();
            wake = TakeWaiting_NeedsLock();
        }

        Post(wake);
    }

    /// <summary>Nobody wants what waits.</summary>
    public void Drop()
    {
        lock (Lock)
        {
            _dropped = true;
            _arena.Drop();
            _chunks.Clear();

            if (!_enumerating)
            {
                FinishChunk();
            }
        }
    }

    public ValueTask<bool> MoveNextAsync()
    {
        if (_cancellation.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<bool>(_cancellation);
        }

        if (TryAdvance())
        {
            return new ValueTask<bool>(true);
        }

        lock (Lock)
        {
            // Looked at again: a cancellation that came before this wakes nobody.
            if (_chunks.IsEmpty && !_over && !_dropped && !_cancellation.IsCancellationRequested)
            {
                _core.Reset();
                _waiting = true;
                return new ValueTask<bool>(this, _core.Version);
            }
        }

        return TryAdvance() ? new ValueTask<bool>(true) : EndOfMessages();
    }

    /// <summary>The enumeration ends; messages that wait stay for the next one.</summary>
    public async ValueTask DisposeAsync()
    {
        await _registration.DisposeAsync().ConfigureAwait(false);
        lock (Lock)
        {
            _enumerating = false;
            if (_dropped || _over || _index == _chunk.Delivery.Count)
            {
                // Nothing of it is left for the next one, which may never come.
                FinishChunk();
            }
        }
    }

    /// <summary>Whoever waits goes on, on a thread of the executor.</summary>
    void IThreadPoolWorkItem.Execute()
    {
        try
        {
            if (TryAdvance())
            {
                _core.SetResult(true);
            }
            else if (_cancellation.IsCancellationRequested)
            {
                _core.SetException(new OperationCanceledException(_cancellation));
            }
            else if (_reason is { } reason && !_dropped)
            {
                _core.SetException(reason);
            }
            else
            {
                _core.SetResult(false);
            }
        }
#pragma warning disable CA1031 // What a format throws is for whoever enumerates.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _core.SetException(exception);
        }
    }

    bool IValueTaskSource<bool>.GetResult(short token) => _core.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<bool>.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource<bool>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    private ValueTask<bool> EndOfMessages() =>
        _cancellation.IsCancellationRequested ? ValueTask.FromCanceled<bool>(_cancellation)
        : _reason is { } reason && !_dropped ? ValueTask.FromException<bool>(reason)
        : new ValueTask<bool>(false);

    private bool TakeWaiting_NeedsLock()
    {
        (var waiting, _waiting) = (_waiting, false);
        return waiting;
    }

    private void Signal()
    {
        bool wake;
        lock (Lock)
        {
            wake = TakeWaiting_NeedsLock();
        }

        Post(wake);
    }

    private void Post(bool wake)
    {
        if (wake)
        {
            stream.RunAfterBatch(this);
        }
    }

    private bool TryAdvance()
    {
        if (_hasChunk && _index < _chunk.Delivery.Count && !Volatile.Read(ref _dropped))
        {
            Read();
            return true;
        }

        FinishChunk();
        lock (Lock)
        {
            if (!_chunks.TryTake(out _chunk))
            {
                return false;
            }
        }

        _hasChunk = _chunk.Length > 0;
        _index = 0;
        if (_chunk.Gap is { } gap)
        {
            owner.OnTaken(gap);
            Current = new Message<T>(gap, owner.Epoch);
            return true;
        }

        _rest = _chunk.Bytes.IsContiguous ? _chunk.Bytes.Memory : _chunk.Bytes.ToArray();
        owner.OnTaken(in _chunk.Delivery);
        Read();
        return true;
    }

    private void Read()
    {
        var length = Record.LengthOf(_rest.Span);
        var bytes = _rest[..length];
        var record = Record.Read(bytes.Span);
        ref readonly var delivery = ref _chunk.Delivery;
        var origin = delivery.Origin(_index);
        _rest = _rest[length..];
        _index++;
        owner.OnRead(delivery.Topic, origin.Sequence);
        Current = new Message<T>(
            delivery.Topic,
            format.Read(bytes[record.PayloadOffset..]),
            record.Key.IsEmpty ? default : bytes.Slice(Record.HeadBytes + 1, record.Key.Length),
            new MessageHeaders(record.Headers.IsEmpty ? default : bytes[record.HeadersOffset..record.PayloadOffset]),
            in origin);
    }

    private void FinishChunk()
    {
        if (_hasChunk)
        {
            _hasChunk = false;
            var length = _chunk.Length;
            _chunk.Bytes.Dispose();
            _chunk = default;
            _rest = default;
            owner.OnFinished(length);
        }
    }
}
