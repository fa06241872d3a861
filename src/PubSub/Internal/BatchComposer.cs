using System.Buffers;
using NetCore.Core;

namespace NetCore.PubSub.Internal;

/// <summary>How messages become batches, and when these go. Guarded by the lock of its outbox.</summary>
/// <remarks>
/// Who finds that nothing was sent for a while sends at once; else the batch goes when it is full, or when the work
/// item or timer that its first message has armed comes.
/// </remarks>
internal sealed class BatchComposer : ITimerTarget
{
    private readonly World _world;
    private readonly OperationBook _operations;
    private readonly IBatchSink _sink;
    private readonly PublishBatch _batch;
    private readonly WheelTimer _linger;
    private readonly long _idleTicks;
    private long _window = PubSubLimits.PublishWindowBytes;
    private long _sentAt;
    private uint _number;
    private int _fullInRow;
    private int _unsent;
    private bool _armed;
    private PublishOperation? _first;
    private PublishOperation? _last;

    public BatchComposer(World world, OperationBook operations, IBatchSink sink)
    {
        (_world, _operations, _sink) = (world, operations, sink);
        _batch = new PublishBatch(world);
        _linger = new WheelTimer(this);
        _idleTicks = world.Time.TimestampFrequency * PubSubLimits.IdleMicroseconds / 1_000_000;
        _sentAt = world.Time.GetTimestamp() - _idleTicks;
    }

    /// <summary>Bytes of the window that are free.</summary>
    public long Window => Volatile.Read(ref _window);

    /// <summary>The broker has taken so much out of the window.</summary>
    public void OnTaken(long bytes) => Volatile.Write(ref _window, _window + bytes);

    /// <summary>The batch that was armed is due.</summary>
    public void OnDue()
    {
        _armed = false;
        Send();
    }

    /// <summary>Nothing is sent any more.</summary>
    /// <returns>The first of those who wait for the batch that was open.</returns>
    public PublishOperation? Drop()
    {
        _batch.Drop();
        var first = _first;
        _first = _last = null;
        return first;
    }

    /// <summary>No batch comes any more. Not under the lock: it waits for a timer that is firing.</summary>
    public void Stop() => _world.Timers.Cancel(_linger);

    /// <summary>On the timer thread.</summary>
    void ITimerTarget.OnTimer(WheelTimer timer, long token) => _world.Executor.Post(_sink);

    /// <summary>Writes a message into the batch; false when the window has no room.</summary>
    /// <exception cref="PubSubException">No memory.</exception>
    public bool TryAppend(
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
            return TryAppendLong(publisher, payload, key, headers, operation);
        }

        if (!_batch.IsEmpty && !_batch.HasRoomFor(publisher, size))
        {
            _fullInRow++;
            Send();
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
            CloseBatch();
            _batch.Open(publisher, Microseconds.Of(_world.Time.GetUtcNow()));
        }

        var room = _batch.Add(size);
        payload.CopyTo(room[Record.WriteHead(room, key, headers, payload.Length)..]);
        Link(operation, _batch.Count - 1);
        if (begins)
        {
            Arm();
        }

        return true;
    }

    private bool TryAppendLong(
        TopicPublisher publisher,
        ReadOnlySpan<byte> payload,
        ReadOnlySpan<byte> key,
        ReadOnlySpan<byte> headers,
        PublishOperation? operation)
    {
        Send();
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
            PublishBatch.WriteHead(head, publisher, Microseconds.Of(_world.Time.GetUtcNow()), number, size);
            var used = BlockHead.PublishSize + publisher.Topic.Bytes.Length;
            used += Record.WriteHead(head.AsSpan(used), key, headers, payload.Length);
            _sink.HandLong_NeedsLock(head.AsSpan(0, used), payload);
            Charge(used + payload.Length);
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

    private void Link(PublishOperation? operation, int index)
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
    private void Arm()
    {
        if (_world.Time.GetTimestamp() - _sentAt >= _idleTicks)
        {
            _fullInRow = 0;
            Send();
        }
        else if (_fullInRow >= PubSubLimits.FloodBatches)
        {
            _world.Timers.Schedule(_linger, PubSubLimits.LingerMilliseconds);
        }
        else if (!_armed)
        {
            _armed = true;
            _world.Executor.Post(_sink);
        }
    }

    private void CloseBatch()
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

    private void Send()
    {
        if (_batch.IsEmpty)
        {
            return;
        }

        CloseBatch();
        var block = _batch.Take(out var length);
        _sink.Hand_NeedsLock(block, length);
        Charge(length);
    }

    private void Charge(int length)
    {
        Volatile.Write(ref _window, _window - length - PubSubLimits.MessageCharge);
        _sentAt = _world.Time.GetTimestamp();
        _unsent++;
    }

    /// <summary>Messages that were handed over and are to be sent when the lock is left.</summary>
    public int TakeUnsent()
    {
        // Whoever waits for room waits for what is sent: nothing may stay behind.
        if (_operations.AnyWaits)
        {
            Send();
        }

        var unsent = _unsent;
        _unsent = 0;
        return unsent;
    }
}
