using NetCore.Framing;

namespace NetCore.Session.Internal;

/// <summary>Decides what is sent next: control frames, then calls, then bulk, each within its credit.</summary>
/// <remarks>
/// Streams of one class take turns frame by frame. A stream without credit stands in no queue until it is granted some.
/// One without a number waits apart while the peer's limit of open streams is reached, first come first served within
/// its class. Guarded by the session's gate.
/// </remarks>
internal sealed class SendScheduler(StreamRegistry streams, FrameFlags frameFlags)
{
    private readonly StreamQueue _calls = new();

    // Made by the first stream that needs them: most sessions have calls only, and slots for all of them.
    private StreamQueue? _bulk;
    private StreamQueue? _callsWithoutSlot;
    private StreamQueue? _bulkWithoutSlot;
    private ControlQueue _control;

    public ref ControlQueue Control => ref _control;

    /// <summary>
    /// Bytes of messages that wait to be framed, each with <see cref="SessionLimits.QueuedMessageBytes"/>.
    /// </summary>
    public long QueuedBytes { get; private set; }

    /// <summary>Messages that were queued since frames were chosen last.</summary>
    public int QueuedSinceChoice { get; private set; }

    /// <summary>Credit for all streams together.</summary>
    public long ConnectionCredit { get; set; }

    /// <summary>What the credit was at first.</summary>
    public long ConnectionWindow { get; set; }

    /// <summary>A send is worth trying. It may find the connection's credit too small.</summary>
    public bool HasWork => !Control.IsEmpty || HasStreams || (streams.HasSlot && FirstWithoutSlot is not null);

    /// <summary>Streams wait for their turn to send, with or without the connection's credit.</summary>
    public bool HasStreams => !_calls.IsEmpty || _bulk is { IsEmpty: false };

    /// <summary>
    /// A stream that waits for anything but its own credit, to be taken out; null when there is none.
    /// </summary>
    public SessionStream? AnyWaiting => _calls.First ?? _bulk?.First ?? FirstWithoutSlot;

    private SessionStream? FirstWithoutSlot => _callsWithoutSlot?.First ?? _bulkWithoutSlot?.First;

    /// <summary>
    /// True when the message finds no room: its memory and its objects are bounded while they wait. Paced streams,
    /// which may wait long, leave a part to the others.
    /// </summary>
    public bool IsFullFor(OutgoingMessage message, bool paced) =>
        QueuedBytes + message.Length + SessionLimits.QueuedMessageBytes
            > SessionLimits.MaxQueuedBytes / (paced ? SessionLimits.PacedQueueDivisor : 1);

    public void Queue(SessionStream stream, OutgoingMessage message, bool end)
    {
        message.Seal();
        QueuedBytes += message.Length + SessionLimits.QueuedMessageBytes;
        QueuedSinceChoice++;
        var state = stream.State;
        state.Enqueue(message);
        state.EndQueued |= end;
        Wake(stream);
    }

    /// <summary>Puts a stream that has something to send, and may, into its queue.</summary>
    public void Wake(SessionStream stream)
    {
        var state = stream.State;
        if (state.Queue is not null || state.Head is null)
        {
            return;
        }

        // A newcomer does not overtake those of its class that wait for a slot already.
        var waiting = state.Class == FrameClass.Bulk ? _bulkWithoutSlot : _callsWithoutSlot;
        var waits = state.Phase == StreamPhase.Waiting && waiting is { IsEmpty: false };
        (waits ? waiting! : QueueOf(state)).Add(stream);
    }

    /// <summary>Takes the stream and its messages out.</summary>
    public void Drop(SessionStream stream)
    {
        stream.State.Queue?.Remove(stream);
        QueuedBytes -= stream.State.DropMessages();
    }

    /// <summary>
    /// The streams that have no number yet. One that ends leaves its queue: not while this is walked through.
    /// </summary>
    public IEnumerable<SessionStream> WithoutNumber()
    {
        foreach (var queue in new[] { _calls, _bulk, _callsWithoutSlot, _bulkWithoutSlot })
        {
            for (var stream = queue?.First; stream is not null; stream = stream.State.QueueNext)
            {
                if (stream.State.Phase == StreamPhase.Waiting)
                {
                    yield return stream;
                }
            }
        }
    }

    /// <summary>Chooses frames for one send.</summary>
    /// <param name="frames">Where they go.</param>
    /// <param name="room">Bytes that fit into the send.</param>
    /// <param name="now">For deadlines that travel.</param>
    /// <param name="more">True when more could be sent than fits; then there is at least one frame.</param>
    /// <returns>How many.</returns>
    public int Choose(Span<OutFrame> frames, int room, long now, out bool more)
    {
        QueuedSinceChoice = 0;
        FillSlots(frames.Length);
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

                frames[count] = Control.Take();
                frames[count].Header = frames[count].Header with { Flags = frameFlags };
                count++;
                room -= SessionLimits.MaxControlFrameBytes;
                continue;
            }

            if (NextSendable(now) is not { } stream)
            {
                more = false;
                break;
            }

            var bytes = stream.State.Head!.NextPartLength;
            var wire = new FrameHeader(bytes, FrameKind.Data, frameFlags, 0, 0, 0).WireLength;
            var hasCredit = bytes == 0 || bytes <= CreditFor(stream.State);
            if (wire > room || !hasCredit)
            {
                more = wire > room && hasCredit;
                break;
            }

            TakeFrame(stream, now, out frames[count++]);
            room -= wire;
        }

        return count;
    }

    // Bulk never takes all: a call that comes then would wait for the peer's grant.
    private long CreditFor(StreamState state) => state.Class != FrameClass.Bulk
        ? ConnectionCredit
        : ConnectionCredit - (ConnectionWindow
            / (streams.OpenCalls > 0 ? SessionLimits.BusyReserveDivisor : SessionLimits.IdleReserveDivisor));

    // Bounded, like everything under the gate; those left over have their turn at the next send.
    private void FillSlots(int most)
    {
        var free = Math.Min(most, streams.PeerMaxStreams - streams.OwnOpen);
        for (; free > 0 && FirstWithoutSlot is { } stream; free--)
        {
            stream.State.Queue!.Remove(stream);
            QueueOf(stream.State).Add(stream);
        }
    }

    // Skips streams that cannot send now; each is looked at once and set aside.
    private SessionStream? NextSendable(long now)
    {
        while ((_calls.First ?? _bulk?.First) is { } stream)
        {
            var state = stream.State;
            var isNew = state.Phase == StreamPhase.Waiting;
            if (isNew && !streams.HasSlot)
            {
                state.Queue!.Remove(stream);
                WithoutSlot(state).Add(stream);
            }
            else if (!isNew && state.Head!.NextPartLength > state.SendCredit)
            {
                // A grant that is still too small is no progress, so the time counts on. The consumer of a paced stream
                // takes its time.
                state.StarvedSince = state.Paced || state.StarvedSince >= 0 ? state.StarvedSince : now;
                state.Queue!.Remove(stream);
            }
            else
            {
                return stream;
            }
        }

        return null;
    }

    private void TakeFrame(SessionStream stream, long now, out OutFrame frame)
    {
        var state = stream.State;
        var kind = FrameKind.Data;
        if (state.Phase == StreamPhase.Waiting)
        {
            streams.Number(stream);
            kind = FrameKind.Open;
        }

        var message = state.Head!;
        var part = message.TakePart(now);
        var flags = frameFlags;
        QueuedBytes -= part.Length;
        if (message.PartsLeft > 0)
        {
            flags |= FrameFlags.More;
        }
        else
        {
            QueuedBytes -= SessionLimits.QueuedMessageBytes;
            state.Head = message.Next;
            state.Tail = state.Head is null ? null : state.Tail;
            message.Dispose();
            if (state.Head is null && state.EndQueued)
            {
                flags |= FrameFlags.End;
                state.LocalEnded = true;
            }
        }

        ConnectionCredit -= part.Length;
        state.SendCredit -= part.Length;
        state.StarvedSince = -1;

        // Back to the end of its queue: the next turn is another stream's.
        var queue = state.Queue!;
        queue.Remove(stream);
        if (state.Head is not null)
        {
            queue.Add(stream);
        }

        frame.Header = new FrameHeader(part.Length, kind, flags, state.Protocol, state.Class, state.Id);
        frame.Part = part;
        frame.Control = default;
        frame.Framed = state.Paced && !state.EndQueued ? stream : null;
        frame.Completed = state.LocalEnded && state.RemoteEnded ? stream : null;
    }

    private StreamQueue QueueOf(StreamState state) => state.Class == FrameClass.Bulk ? _bulk ??= new() : _calls;

    private StreamQueue WithoutSlot(StreamState state) =>
        state.Class == FrameClass.Bulk ? _bulkWithoutSlot ??= new() : _callsWithoutSlot ??= new();
}
