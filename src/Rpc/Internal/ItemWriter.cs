using System.Buffers.Binary;
using NetCore.Core;
using NetCore.Session;

namespace NetCore.Rpc.Internal;

/// <summary>The sending half of a stream: items into batches, batches to the session, with room for a few.</summary>
/// <remarks>
/// The gate guards the batch and the order of what is handed over; who else wants the batch sent or dropped while a
/// writer encodes leaves a wish behind, so that nobody waits for user code.
/// </remarks>
internal sealed class ItemWriter(IStreamSide side) : IThreadPoolWorkItem
{
    private readonly Lock _gate = new();
    private readonly SendRoom _room = new(side);

    // Guarded by the gate.
    private OutgoingMessage? _batch;
    private bool _lastWasFull;
    private bool _ended;

    private int _wish;
    private int _posted;

    /// <summary>Encodes an item into the batch.</summary>
    /// <param name="codec">Writes it.</param>
    /// <param name="item">The item; its leases are taken over whatever happens.</param>
    /// <param name="flushSoon">It goes out also when nobody flushes.</param>
    /// <returns>See <see cref="RpcStream.WriteAsync(ReadOnlyMemory{byte})"/>.</returns>
    public ValueTask<bool> WriteAsync<T>(IMessageCodec<T> codec, in T item, bool flushSoon)
    {
        bool sent;
        _gate.Enter();
        try
        {
            sent = Encode(codec, in item);
        }
        catch (ByteBudgetExceededException)
        {
            var failure = CallErrors.OutOfBudget(RpcExecution.MaybeExecuted);
            return ValueTask.FromException<bool>(CallErrors.ToException(in failure, side.Method));
        }
        finally
        {
            _gate.Exit();
            Attend();
        }

        if (sent)
        {
            side.Session.Flush();
        }
        else if (flushSoon && Interlocked.Exchange(ref _posted, 1) == 0)
        {
            side.World.Executor.Post(this);
        }

        return _room.WaitAsync();
    }

    /// <summary>Hands over what is in the batch.</summary>
    public void Flush()
    {
        Interlocked.Exchange(ref _wish, 1);
        Attend();
    }

    /// <summary>Hands over what is in the batch and then the last message, which is taken over.</summary>
    /// <returns>False when this half, or the call, has ended before.</returns>
    public bool Complete(OutgoingMessage last)
    {
        lock (_gate)
        {
            if (_ended || _room.IsOver)
            {
                last.Dispose();
                return false;
            }

            _ended = true;
            HandOver();
            if (!side.Session.Send(side.Stream, last, end: true, flush: false))
            {
                return false;
            }
        }

        side.Session.Flush();
        return true;
    }

    /// <summary>Of a frame's bytes the session has got rid.</summary>
    public void OnFramed(int bytes) => _room.Give(bytes);

    /// <summary>The call is over: nothing is sent any more.</summary>
    public void End()
    {
        _room.End();
        Flush();
    }

    /// <summary>What was written since is sent, if nobody has done so.</summary>
    void IThreadPoolWorkItem.Execute()
    {
        Volatile.Write(ref _posted, 0);
        Flush();
    }

    // True when something waits for a flush of the session.
    private bool Encode<T>(IMessageCodec<T> codec, in T item)
    {
        if (_ended)
        {
            DropLeases(codec, in item);
            throw new InvalidOperationException("The items were ended before.");
        }

        var batch = _batch ?? Rent();
        var start = batch.Length;
        _batch = null;
        try
        {
            WriteRecord(codec, in item, batch);
        }
        catch
        {
            batch.MoveTail(start, null);
            _batch = batch;
            throw;
        }

        if (batch.Pieces > 1)
        {
            return SendAlone(batch, start);
        }

        _batch = batch;

        // One that comes after the end is encoded all the same, because its leases are taken over, and dropped.
        return (_room.IsOver || batch.Length > RpcLimits.FullBatchBytes) && HandOver();
    }

    // Only the codec knows the leases of its value: it hands them to a message, or drops them when it fails.
    private void DropLeases<T>(IMessageCodec<T> codec, in T item)
    {
        using var nowhere = side.Session.RentMessage();
        codec.Encode(in item, new RpcWriter(nowhere));
    }

    private void WriteRecord<T>(IMessageCodec<T> codec, in T item, OutgoingMessage batch)
    {
        var start = batch.Length;
        Span<byte> prefix;
        try
        {
            prefix = batch.Reserve(ItemRecords.PrefixBytes);
        }
        catch (ByteBudgetExceededException)
        {
            DropLeases(codec, in item);
            throw;
        }

        codec.Encode(in item, new RpcWriter(batch));
        BinaryPrimitives.WriteInt32LittleEndian(prefix, batch.Length - start - ItemRecords.PrefixBytes);
    }

    // A message of several frames holds one item; those before it are a message of their own.
    private bool SendAlone(OutgoingMessage batch, int start)
    {
        var alone = batch;
        if (start > 0)
        {
            alone = side.Session.RentMessage();
            try
            {
                batch.MoveTail(start, alone);
            }
            catch (ByteBudgetExceededException)
            {
                alone.Dispose();
                batch.MoveTail(start, null);
                _batch = batch;
                throw;
            }

            _batch = batch;
            HandOver();
            _lastWasFull = true;
        }

        if (side.Session.IsTooLarge(alone))
        {
            alone.Dispose();
            throw new RpcException(
                RpcErrorCode.MessageTooLarge,
                "The item is larger than the other side takes. Send it in parts, or raise its "
                + "SessionOptions.MaxMessageBytes.",
                RpcExecution.MaybeExecuted);
        }

        Send(alone);
        return true;
    }

    private bool HandOver()
    {
        if (_batch is not { } batch)
        {
            return false;
        }

        _batch = null;
        if (_room.IsOver || batch.Length == 0)
        {
            batch.Dispose();
            return false;
        }

        _lastWasFull = batch.Length > RpcLimits.FullBatchBytes / 2;
        Send(batch);
        return true;
    }

    private void Send(OutgoingMessage message)
    {
        // Before it is sent, because it may be framed at once.
        _room.Take(message.Length);
        if (_room.IsOver)
        {
            message.Dispose();
        }
        else if (!side.Session.Send(side.Stream, message, end: false, flush: false))
        {
            // Unless the stream has just ended, items are missing from now on.
            side.GiveUp(new CallOutcome(RpcErrorCode.Overloaded, RpcExecution.MaybeExecuted,
                $"{SessionLimits.MaxQueuedBytes / SessionLimits.PacedQueueDivisor} bytes of streams wait to be sent "
                + "already. Use fewer streams, or smaller items."));
        }
    }

    private OutgoingMessage Rent()
    {
        var batch = side.Session.RentMessage();
        if (_lastWasFull)
        {
            try
            {
                // A block for a whole frame; the first item would get a small one.
                batch.GetSpan(OutgoingMessage.MaxContiguousBytes);
            }
            catch (ByteBudgetExceededException)
            {
                // The item finds out, whose leases are to be dropped then.
            }
        }

        return batch;
    }

    // Fulfils wishes until there are none, or somebody is at the gate who will.
    private void Attend()
    {
        while (Volatile.Read(ref _wish) != 0 && _gate.TryEnter())
        {
            bool sent;
            try
            {
                Interlocked.Exchange(ref _wish, 0);
                sent = HandOver();
            }
            finally
            {
                _gate.Exit();
            }

            if (sent)
            {
                side.Session.Flush();
            }
        }
    }
}
