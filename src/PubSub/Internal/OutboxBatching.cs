using System.Buffers;
using NetCore.Core;

namespace NetCore.PubSub.Internal;

/// <summary>How messages become batches, and when these go.</summary>
internal abstract partial class Outbox
{
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
