using System.Buffers;
using NetCore.Core;

namespace NetCore.PubSub.Internal;

/// <summary>What the publishers of one client, or one of a broker, have to send.</summary>
/// <remarks>
/// Whoever publishes writes into the batch that is open. Who finds that nothing was sent for a while sends at once; else the
/// batch goes when it is full, or when the work item or timer that its first message has armed comes.
/// </remarks>
internal abstract class Outbox : IThreadPoolWorkItem, ITimerTarget
{
    private readonly Lock _lock = new();
    private readonly PublishBatch _batch;
    private readonly OperationBook _operations;
    private readonly WheelTimer _linger;
    private readonly long _idleTicks;
    private long _window = PubSubLimits.PublishWindowBytes;
    private long _refused;
    private long _sentAt;
    private uint _number;
    private int _fullInRow;
    private int _unsent;
    private bool _armed;
    private PublishOperation? _first;
    private PublishOperation? _last;
    private PubSubException? _closed;

    protected Outbox(World world)
    {
        World = world;
        _batch = new PublishBatch(world);
        _operations = new OperationBook(this, world);
        _linger = new WheelTimer(this);
        _idleTicks = world.Time.TimestampFrequency * PubSubLimits.IdleMicroseconds / 1_000_000;
        _sentAt = world.Time.GetTimestamp() - _idleTicks;
    }

    public World World { get; }

    /// <summary>Longest payload that the broker takes.</summary>
    public int MaxMessageBytes { get; set; } = PubSubLimits.DefaultMaxMessageBytes;

    /// <summary>Messages that were refused so far.</summary>
    public long Refused => Volatile.Read(ref _refused);

    /// <summary>Bytes of the window that are free; for tests.</summary>
    public long Window => Volatile.Read(ref _window);

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
            done = !_operations.AnyWaits && TryAppend_NeedsLock(publisher, payload, key, headers, null);
            unsent = TakeUnsent_NeedsLock();
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
            if (publisher.WantsAcknowledgement)
            {
                operation = _operations.Rent(publisher, cancellationToken);
            }

            if (_operations.AnyWaits || !TryAppend_NeedsLock(publisher, payload, key, headers, operation))
            {
                operation ??= _operations.Rent(publisher, cancellationToken);
                _operations.Wait(operation, payload, key, headers);
            }

            unsent = TakeUnsent_NeedsLock();
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
            _armed = false;
            Send_NeedsLock();
            unsent = TakeUnsent_NeedsLock();
        }

        AfterSend(unsent);
    }

    /// <summary>The broker has taken so much out of the window.</summary>
    public void OnTaken(uint bytes)
    {
        int unsent;
        lock (_lock)
        {
            _window += bytes;
            _operations.OnRoom();
            unsent = TakeUnsent_NeedsLock();
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
            _batch.Drop();
            _operations.FailAll(_first, _closed);
            _first = _last = null;
        }

        World.Timers.Cancel(_linger);
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

    /// <summary>On the timer thread.</summary>
    void ITimerTarget.OnTimer(WheelTimer timer, long token) => World.Executor.Post(this);

    /// <summary>Appends a message that has waited; false when there is still no room.</summary>
    public bool TryAppend_NeedsLock(PublishOperation operation)
    {
        var record = operation.Record.AsSpan(0, operation.RecordLength);
        var view = Record.Read(record);
        var linked = operation.Publisher.WantsAcknowledgement ? operation : null;
        return TryAppend_NeedsLock(operation.Publisher, view.Payload, view.Key, view.Headers, linked);
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
                $"A message of {payload} bytes, where the broker takes {MaxMessageBytes} (BrokerOptions.MaxMessageBytes).");
        }
    }

    private bool TryAppend_NeedsLock(
        TopicPublisher publisher,
        ReadOnlySpan<byte> payload,
        ReadOnlySpan<byte> key,
        ReadOnlySpan<byte> headers,
        PublishOperation? operation)
    {
        if (_window <= 0)
        {
            return false;
        }

        var size = Record.SizeOf(key.Length, headers.Length, payload.Length);
        if (PublishBatch.SizeAlone(publisher, size) > PubSubLimits.MaxBlocksBytes)
        {
            return TryAppendLong_NeedsLock(publisher, payload, key, headers, operation);
        }

        if (!_batch.IsEmpty && !_batch.HasRoomFor(publisher, size))
        {
            _fullInRow++;
            Send_NeedsLock();
            if (_window <= 0)
            {
                return false;
            }
        }

        var begins = _batch.IsEmpty;
        if (begins && !_batch.TryBegin())
        {
            throw new PubSubException(PubSubErrorCode.OutOfMemoryBudget, "The byte budget of the world is used up.");
        }

        if (_batch.Owner != publisher)
        {
            CloseBatch_NeedsLock();
            _batch.Open(publisher, Microseconds.Of(World.Time.GetUtcNow()));
        }

        var room = _batch.Add(size);
        payload.CopyTo(room[Record.WriteHead(room, key, headers, payload.Length)..]);
        Link_NeedsLock(operation, _batch.Count - 1);
        if (begins)
        {
            Arm_NeedsLock();
        }

        return true;
    }

    private bool TryAppendLong_NeedsLock(
        TopicPublisher publisher,
        ReadOnlySpan<byte> payload,
        ReadOnlySpan<byte> key,
        ReadOnlySpan<byte> headers,
        PublishOperation? operation)
    {
        Send_NeedsLock();
        if (_window <= 0)
        {
            return false;
        }

        var head = ArrayPool<byte>.Shared.Rent(
            BlockHead.PublishSize + PubSubLimits.MaxTopicBytes + Record.MaxOverhead);
        try
        {
            var size = Record.SizeOf(key.Length, headers.Length, payload.Length);
            var number = publisher.WantsAcknowledgement ? ++_number : 0;
            PublishBatch.WriteHead(head, publisher, Microseconds.Of(World.Time.GetUtcNow()), number, size);
            var used = BlockHead.PublishSize + publisher.Topic.Bytes.Length;
            used += Record.WriteHead(head.AsSpan(used), key, headers, payload.Length);
            HandLong_NeedsLock(head.AsSpan(0, used), payload);
            Charge_NeedsLock(used + payload.Length);
            if (operation is not null)
            {
                operation.Index = 0;
                _operations.Expect(number, operation);
            }

            return true;
        }
        catch (ByteBudgetExceededException exception)
        {
            throw new PubSubException(
                PubSubErrorCode.OutOfMemoryBudget, "The byte budget of the world is used up.", exception);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(head);
        }
    }

    private void Link_NeedsLock(PublishOperation? operation, int index)
    {
        if (operation is null)
        {
            return;
        }

        operation.Index = index;
        operation.Next = null;
        if (_last is null)
        {
            _first = operation;
        }
        else
        {
            _last.Next = operation;
        }

        _last = operation;
    }

    // The first message of a batch decides when it goes.
    private void Arm_NeedsLock()
    {
        if (World.Time.GetTimestamp() - _sentAt >= _idleTicks)
        {
            _fullInRow = 0;
            Send_NeedsLock();
        }
        else if (_fullInRow >= PubSubLimits.FloodBatches)
        {
            World.Timers.Schedule(_linger, PubSubLimits.LingerMilliseconds);
        }
        else if (!_armed)
        {
            _armed = true;
            World.Executor.Post(this);
        }
    }

    private void CloseBatch_NeedsLock()
    {
        if (_batch.Owner is not { } owner)
        {
            return;
        }

        var number = owner.WantsAcknowledgement ? ++_number : 0;
        _batch.Close(number);
        if (_first is not null)
        {
            _operations.Expect(number, _first);
            _first = _last = null;
        }
    }

    private void Send_NeedsLock()
    {
        if (_batch.IsEmpty)
        {
            return;
        }

        CloseBatch_NeedsLock();
        var block = _batch.Take(out var length);
        Hand_NeedsLock(block, length);
        Charge_NeedsLock(length);
    }

    private void Charge_NeedsLock(int length)
    {
        Volatile.Write(ref _window, _window - length - PubSubLimits.MessageCharge);
        _sentAt = World.Time.GetTimestamp();
        _unsent++;
    }

    private int TakeUnsent_NeedsLock()
    {
        // Whoever waits for room waits for what is sent: nothing may stay behind.
        if (_operations.AnyWaits)
        {
            Send_NeedsLock();
        }

        var unsent = _unsent;
        _unsent = 0;
        return unsent;
    }
}
