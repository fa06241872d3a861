using NetCore.Framing;

namespace NetCore.Session.Internal;

/// <summary>Decides what is sent next: control frames, then calls, then bulk, each within its credit.</summary>
/// <remarks>
/// Streams of one class take turns frame by frame. A stream without credit stands in no queue until it is granted some,
/// one without a number waits while the peer's limit of open streams is reached. Guarded by the session's gate.
/// </remarks>
internal sealed class SendScheduler(StreamRegistry streams, FrameFlags frameFlags)
{
    private readonly StreamQueue _calls = new();
    private readonly StreamQueue _bulk = new();
    private readonly StreamQueue _waitingForSlot = new();

    public ControlQueue Control { get; } = new();

    /// <summary>Bytes of messages that wait to be framed.</summary>
    public long QueuedBytes { get; private set; }

    /// <summary>Credit for all streams together.</summary>
    public long ConnectionCredit { get; set; }

    /// <summary>Something could be sent now.</summary>
    public bool HasWork => !Control.IsEmpty || (HasStreams && ConnectionCredit > 0);

    /// <summary>Streams wait to be sent, with or without the connection's credit.</summary>
    public bool HasStreams => !_calls.IsEmpty || !_bulk.IsEmpty;

    public bool IsEmpty => !HasStreams && Control.IsEmpty && _waitingForSlot.IsEmpty;

    public void Queue(SessionStream stream, OutgoingMessage message, bool end)
    {
        message.Seal();
        QueuedBytes += message.Length;
        var state = stream.State;
        state.Enqueue(message);
        state.EndQueued |= end;
        Wake(stream);
    }

    /// <summary>Puts a stream that has something to send, and may, into its queue.</summary>
    public void Wake(SessionStream stream)
    {
        var state = stream.State;
        if (state.Queue is null && state.Head is not null)
        {
            QueueOf(state).Add(stream);
        }
    }

    /// <summary>Takes the stream and its messages out.</summary>
    public void Drop(SessionStream stream)
    {
        stream.State.Queue?.Remove(stream);
        QueuedBytes -= stream.State.DropMessages();
    }

    /// <summary>Slots for new streams are free again.</summary>
    public void SlotsFreed(int count)
    {
        for (; count > 0 && _waitingForSlot.First is { } stream; count--)
        {
            _waitingForSlot.Remove(stream);
            QueueOf(stream.State).Add(stream);
        }
    }

    /// <summary>The next stream that waits for anything, to be taken out; null when there is none.</summary>
    public SessionStream? AnyWaiting => _calls.First ?? _bulk.First ?? _waitingForSlot.First;

    /// <summary>The next stream that has no number yet, going through the queue's order.</summary>
    public List<SessionStream> WithoutNumber()
    {
        var found = new List<SessionStream>();
        foreach (var queue in (ReadOnlySpan<StreamQueue>)[_calls, _bulk, _waitingForSlot])
        {
            for (var stream = queue.First; stream is not null; stream = stream.State.QueueNext)
            {
                if (stream.State.Phase == StreamPhase.Waiting)
                {
                    found.Add(stream);
                }
            }
        }

        return found;
    }

    /// <summary>Chooses frames for one send.</summary>
    /// <param name="frames">Where they go.</param>
    /// <param name="room">Bytes that fit into the send.</param>
    /// <param name="now">For deadlines that travel.</param>
    /// <param name="more">True when more could be sent than fits.</param>
    /// <returns>How many.</returns>
    public int Choose(Span<OutFrame> frames, int room, long now, out bool more)
    {
        var count = 0;
        more = true;
        while (count < frames.Length)
        {
            if (!Control.IsEmpty)
            {
                if (room < SessionLimits.MaxControlFrameBytes)
                {
                    break;
                }

                frames[count++] = Control.Take();
                room -= SessionLimits.MaxControlFrameBytes;
                continue;
            }

            if (NextSendable() is not { } stream)
            {
                more = false;
                break;
            }

            var bytes = stream.State.Head!.NextPartLength;
            var wire = new FrameHeader(bytes, FrameKind.Data, frameFlags, 0, 0, 0).WireLength;
            if (wire > room || bytes > ConnectionCredit)
            {
                more = wire > room;
                break;
            }

            frames[count++] = TakeFrame(stream, now);
            room -= wire;
        }

        return count;
    }

    // Skips streams that cannot send now; each is looked at once and set aside.
    private SessionStream? NextSendable()
    {
        while ((_calls.First ?? _bulk.First) is { } stream)
        {
            var state = stream.State;
            if (state.Phase == StreamPhase.Waiting && !streams.TryNumber(stream))
            {
                state.Queue!.Remove(stream);
                _waitingForSlot.Add(stream);
            }
            else if (state.Head!.NextPartLength > state.SendCredit)
            {
                state.Queue!.Remove(stream);
            }
            else
            {
                return stream;
            }
        }

        return null;
    }

    private OutFrame TakeFrame(SessionStream stream, long now)
    {
        var state = stream.State;
        var message = state.Head!;
        var part = message.TakePart(now);
        var flags = frameFlags;
        if (message.PartsLeft > 0)
        {
            flags |= FrameFlags.More;
        }
        else
        {
            state.Head = message.Next;
            state.Tail = state.Head is null ? null : state.Tail;
            message.Dispose();
            if (state.Head is null && state.EndQueued)
            {
                flags |= FrameFlags.End;
                state.LocalEnded = true;
            }
        }

        QueuedBytes -= part.Length;
        ConnectionCredit -= part.Length;
        state.SendCredit -= part.Length;
        var kind = state.OpenSent ? FrameKind.Data : FrameKind.Open;
        state.OpenSent = true;

        // Back to the end of its queue: the next turn is another stream's.
        var queue = state.Queue!;
        queue.Remove(stream);
        if (state.Head is not null)
        {
            queue.Add(stream);
        }

        return new OutFrame
        {
            Header = new FrameHeader(part.Length, kind, flags, state.Protocol, state.Class, state.Id),
            Part = part,
            Completed = state.LocalEnded && state.RemoteEnded ? stream : null,
        };
    }

    private StreamQueue QueueOf(StreamState state) => state.Class == FrameClass.Bulk ? _bulk : _calls;
}
