using NetCore.Core;

namespace NetCore.PubSub.Internal;

/// <summary>What the publishers of one client, or one of a broker, have to send.</summary>
/// <remarks>
/// Whoever publishes writes into the batch that is open; <see cref="BatchComposer"/> says when it goes.
/// </remarks>
internal abstract class Outbox : IBatchSink
{
    private readonly Lock _lock = new();
    private readonly OperationBook _operations;
    private readonly BatchComposer _composer;
    private long _refused;
    private PubSubException? _closed;

    protected Outbox(World world)
    {
        World = world;
        _operations = new OperationBook(this, world);
        _composer = new BatchComposer(world, _operations, this);
    }

    public World World { get; }

    /// <summary>Longest payload that the broker takes.</summary>
    public int MaxMessageBytes { get; set; } = PubSubLimits.DefaultMaxMessageBytes;

    /// <summary>Messages that were refused so far.</summary>
    public long Refused => Volatile.Read(ref _refused);

    /// <summary>Bytes of the window that are free; for tests.</summary>
    public long Window => _composer.Window;

    /// <summary>Publishes that wait for room or an acknowledgement; for tests.</summary>
    public int Open => _operations.Open;

    public Lock Lock => _lock;

    /// <summary>Publishes if there is room; false when there is none.</summary>
    public bool TryPublish(
        TopicPublisher publisher, ReadOnlySpan<byte> payload, ReadOnlySpan<byte> key, ReadOnlySpan<byte> headers)
    {
        bool done;
        int unsent;
        lock (_lock)
        {
            ThrowIfUnfit_NeedsLock(payload.Length, key.Length);
            done = !_operations.AnyWaits && _composer.TryAppend(publisher, payload, key, headers, null);
            unsent = _composer.TakeUnsent();
        }

        AfterSend(unsent);
        return done;
    }

    public ValueTask PublishAsync(
        TopicPublisher publisher,
        ReadOnlySpan<byte> payload,
        ReadOnlySpan<byte> key,
        ReadOnlySpan<byte> headers,
        CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        PublishOperation? operation = null;
        int unsent;
        lock (_lock)
        {
            ThrowIfUnfit_NeedsLock(payload.Length, key.Length);
            try
            {
                if (publisher.WantsAcknowledgement)
                {
                    operation = _operations.Rent(publisher, cancellationToken);
                }

                if (_operations.AnyWaits || !_composer.TryAppend(publisher, payload, key, headers, operation))
                {
                    operation ??= _operations.Rent(publisher, cancellationToken);
                    _operations.Wait(operation, payload, key, headers);
                }
            }
            catch (PubSubException)
            {
                _operations.Cede(operation);
                throw;
            }

            unsent = _composer.TakeUnsent();
        }

        AfterSend(unsent);
        return operation?.Task ?? ValueTask.CompletedTask;
    }

    /// <summary>Sends what has been published so far.</summary>
    public void Flush()
    {
        int unsent;
        lock (_lock)
        {
            _composer.OnDue();
            unsent = _composer.TakeUnsent();
        }

        AfterSend(unsent);
    }

    /// <summary>The broker has taken so much out of the window.</summary>
    public void OnTaken(long bytes)
    {
        int unsent;
        lock (_lock)
        {
            _composer.OnTaken(bytes);
            _operations.OnRoom();
            unsent = _composer.TakeUnsent();
        }

        AfterSend(unsent);
    }

    /// <summary>Batches were accepted.</summary>
    public void OnAccepted(uint first, uint last)
    {
        lock (_lock)
        {
            _operations.OnAccepted(first, last);
        }
    }

    public void OnRefused(uint number, PubSubErrorCode code, int accepted, long refused)
    {
        Interlocked.Add(ref _refused, refused);
        lock (_lock)
        {
            _operations.OnRefused(number, code, accepted);
        }
    }

    /// <summary>Nothing is sent any more; what waits fails.</summary>
    public void Close(PubSubErrorCode code, string detail)
    {
        lock (_lock)
        {
            if (_closed is not null)
            {
                return;
            }

            _closed = new PubSubException(code, detail);
            _operations.FailAll(_composer.Drop(), _closed);
        }

        _composer.Stop();
        OnClosed();
    }

    public void Return(PublishOperation operation)
    {
        lock (_lock)
        {
            _operations.Return(operation);
        }
    }

    /// <summary>The batch that was armed is due.</summary>
    void IThreadPoolWorkItem.Execute() => Flush();

    void IBatchSink.Hand_NeedsLock(Block block, int length) => Hand_NeedsLock(block, length);

    void IBatchSink.HandLong_NeedsLock(ReadOnlySpan<byte> head, ReadOnlySpan<byte> payload) =>
        HandLong_NeedsLock(head, payload);

    /// <summary>Appends a message that has waited; false when there is still no room.</summary>
    public bool TryAppend_NeedsLock(PublishOperation operation)
    {
        var record = operation.Record.AsSpan(0, operation.RecordLength);
        var view = Record.Read(record);
        var linked = operation.Publisher.WantsAcknowledgement ? operation : null;
        return _composer.TryAppend(operation.Publisher, view.Payload, view.Key, view.Headers, linked);
    }

    /// <summary>Hands a message over, whose bytes begin behind the room for a frame's header.</summary>
    protected abstract void Hand_NeedsLock(Block block, int length);

    /// <summary>Hands a message over that is longer than a block.</summary>
    protected abstract void HandLong_NeedsLock(ReadOnlySpan<byte> head, ReadOnlySpan<byte> payload);

    /// <summary>So many messages were handed over, and the lock is left: they may be sent.</summary>
    protected abstract void AfterSend(int messages);

    protected virtual void OnClosed()
    {
    }

    private void ThrowIfUnfit_NeedsLock(int payload, int key)
    {
        if (_closed is { } closed)
        {
            throw new PubSubException(closed.Code, closed.Message);
        }

        ArgumentOutOfRangeException.ThrowIfGreaterThan(key, PubSubLimits.MaxKeyBytes);
        if (payload > MaxMessageBytes)
        {
            throw new PubSubException(
                PubSubErrorCode.MessageTooLarge,
                $"A message of {payload} bytes, where the broker takes {MaxMessageBytes} "
                + "(BrokerOptions.MaxMessageBytes).");
        }
    }
}
