using NetCore.Core;
using NetCore.Framing;

namespace NetCore.Session.Internal;

/// <summary>A session's state machine: frames and time in, frames and decisions out. No IO, clock, callbacks.</summary>
/// <remarks>Every member is called under the session's gate; times are milliseconds of the timer wheel.</remarks>
internal sealed class SessionCore
{
    private readonly ISessionHandler _handler;
    private readonly PeerSession _session;
    private readonly SessionOptions _options;
    private readonly FrameReceiver _receiver;

    // A SessionClose each, boxed: a session that lives needs no space for them.
    private object? _close;
    private object? _overrun;
    private int _peerMaxMessageBytes;

    // Inside this object, so that a session that waits is few objects.
    private Liveness _liveness;
    private Farewell _farewell;
    private EndedStreams _ended;

    public SessionCore(
        PeerSession session, SessionRole role, SessionOptions options, ISessionHandler handler, BlockPool blocks)
    {
        _session = session;
        _handler = handler;
        _options = options;
        Streams = new StreamRegistry(role, options.MaxStreams);
        Scheduler = new SendScheduler(Streams, options.Checksum ? FrameFlags.Checksum : FrameFlags.None);
        _liveness = new Liveness(role, options);
        _receiver = new FrameReceiver(this, options, blocks);
        Scheduler.Control.Add(FrameKind.Hello, 0, new ControlPayload(0, 0, Hello: Hello.Of(options)));
    }

    public StreamRegistry Streams { get; }

    public SendScheduler Scheduler { get; }

    public ref Liveness Liveness => ref _liveness;

    public CreditBook Credit => _receiver.Credit;

    /// <summary>The peer's hello has come.</summary>
    public bool IsGreeted => Volatile.Read(ref _peerMaxMessageBytes) != 0;

    /// <summary>How the session ended, set once; null while it lives.</summary>
    public SessionClose? Close => _close is SessionClose close ? close : null;

    /// <summary>It has not ended.</summary>
    public bool IsAlive => _close is null;

    /// <summary>The end in order.</summary>
    public ref Farewell Farewell => ref _farewell;

    /// <summary>A bound that a call of this side met, so that the shell must abort: a close, boxed.</summary>
    public object? Overrun => _overrun;

    /// <summary>Streams that ended with decisions of a gate entry; the shell tells them afterwards.</summary>
    public ref EndedStreams Ended => ref _ended;

    /// <summary>The output may end: everything that is to be said has been.</summary>
    public bool IsDone => Scheduler.Control.IsEmpty && (!IsAlive || (Streams.IsEmpty && Farewell.MayEndOutput));

    /// <summary>How a session that ends now has ended in order; null when it has not.</summary>
    public SessionClose? OrderlyClose => Streams.IsEmpty ? Farewell.Close : null;

    public OpenResult Open(
        SessionStream stream,
        OutgoingMessage message,
        bool end,
        bool singleExchange,
        UpperProtocol protocol,
        FrameClass frameClass)
    {
        if (!IsAlive || Farewell.HasBegun)
        {
            return IsAlive ? OpenResult.Draining : OpenResult.Closed;
        }

        // First what no waiting cures.
        if (IsTooLarge(message))
        {
            return OpenResult.MessageTooLarge;
        }

        if (Scheduler.IsFullFor(message, stream.IsPaced))
        {
            return OpenResult.QueueFull;
        }

        Streams.Begin(stream, protocol, frameClass);
        stream.State.SingleExchange = singleExchange;
        stream.State.ReceiveCredit = _options.StreamWindowBytes;
        Scheduler.Queue(stream, message, end);
        return OpenResult.Opened;
    }

    /// <summary>False: the stream has ended, the message is larger than the peer takes, or too much waits.</summary>
    public bool Send(SessionStream stream, OutgoingMessage message, bool end)
    {
        var state = stream.State;
        if (state.Phase == StreamPhase.Ended || state.EndQueued || IsTooLarge(message))
        {
            return false;
        }

        var paced = state.Paced && !end;
        if (Scheduler.IsFullFor(message, paced))
        {
            // What is paced waits for consumers: that it finds no room is no fault of the peer.
            _overrun ??= paced ? null : SessionMessages.QueueOverrun;
            return false;
        }

        Scheduler.Queue(stream, message, end);
        return true;
    }

    /// <summary>Also without the gate: what the peer takes never changes.</summary>
    public bool IsTooLarge(OutgoingMessage message) =>
        Volatile.Read(ref _peerMaxMessageBytes) is not 0 and var most && message.Length > most;

    /// <summary>Ends a stream from this side; false when it has ended already.</summary>
    public bool TryReset(SessionStream stream, ResetCode code, out bool sent)
    {
        var state = stream.State;
        sent = state.Phase == StreamPhase.Open;
        if (state.Phase == StreamPhase.Ended)
        {
            return false;
        }

        if (sent && !Scheduler.Control.TryReset(state, code))
        {
            _overrun ??= SessionMessages.ResetOverrun;
        }

        state.Resets++;
        Forget(stream);
        return true;
    }

    public SessionStream? Opening(UpperProtocol protocol) => _handler.OnOpening(_session, protocol);

    /// <summary>Takes the stream out of everything; the caller tells it or owns the outcome.</summary>
    public void Forget(SessionStream stream)
    {
        Scheduler.Drop(stream);
        Credit.Drop(stream.State);
        _receiver.DropAssembly(stream.State);
        Streams.End(stream);
    }

    /// <summary>Decides about one received frame; anything but None is a violation that ends the session.</summary>
    public SessionError OnFrame(ref InFrame frame, ReadOnlySpan<byte> payload, long now, out string? detail) =>
        _receiver.OnFrame(ref frame, payload, now, out detail);

    public void OnHello(Hello hello)
    {
        Volatile.Write(ref _peerMaxMessageBytes, (int)hello.MaxMessageBytes);
        Streams.PeerMaxStreams = (int)hello.MaxStreams;
        Streams.PeerStreamWindow = hello.StreamWindow;
        Scheduler.ConnectionCredit = Scheduler.ConnectionWindow = hello.ConnectionWindow;
    }

    public void OnGoAway(ulong lastAccepted, SessionError error, string? detail)
    {
        Farewell.OnGoAway(error, detail);
        foreach (var stream in Scheduler.WithoutNumber().ToArray())
        {
            EndWith(stream, StreamEndKind.NotAccepted, default);
        }

        foreach (var stream in Streams.Open.Where(s => !s.State.Accepted && s.Id > lastAccepted).ToArray())
        {
            EndWith(stream, StreamEndKind.NotAccepted, default);
        }

        if (!Farewell.IsOrderly(error))
        {
            // The peer has found this side at fault, or failed itself, and dropped everything.
            Fail(error, detail, byPeer: true);
        }
    }

    /// <summary>
    /// The peer sends nothing more: what waits for a message of it has ended, answers may still go out.
    /// </summary>
    public void OnEndOfInput()
    {
        Farewell.InputEnded = true;
        var close = new SessionClose(SessionError.ConnectionLost, false, "The peer closed the connection.");
        if (!Farewell.HasBegun)
        {
            Fail(close.Error, close.Detail);
        }

        // Those without a number too: sent now, they would wait for an answer that cannot come.
        var unanswered = Streams.Open.Where(static stream => !stream.State.RemoteEnded);
        foreach (var stream in unanswered.Concat(Scheduler.WithoutNumber()).ToArray())
        {
            EndWith(stream, StreamEndKind.SessionClosed, close);
        }
    }

    /// <summary>Refuses new streams from now on and tells the peer which was the last.</summary>
    public void Drain(SessionError error, string? detail)
    {
        if (!Farewell.Draining && IsAlive)
        {
            Farewell.Drain(error);
            SayGoAway(error, detail);
        }
    }

    /// <summary>Ends the session: only a GOAWAY frame goes out, if it can. False when it has ended already.</summary>
    public bool Fail(SessionError error, string? detail, bool byPeer = false)
    {
        if (!IsAlive)
        {
            return false;
        }

        var close = new SessionClose(error, byPeer, detail);
        _close = close;
        foreach (var stream in Streams.Open.ToArray())
        {
            EndWith(stream, StreamEndKind.SessionClosed, close);
        }

        while (Scheduler.AnyWaiting is { } stream)
        {
            EndWith(stream, StreamEndKind.SessionClosed, close);
        }

        Scheduler.Control.Clear();
        if (error is not (SessionError.None or SessionError.ConnectionLost or SessionError.Aborted) && !byPeer)
        {
            SayGoAway(error, detail);
        }

        return true;
    }

    /// <summary>Chooses the frames of one send and ends the streams that end with them.</summary>
    public int Choose(Span<OutFrame> frames, int room, long now, out bool more)
    {
        var count = Scheduler.Choose(frames, room, now, out more);
        var progress = false;
        foreach (ref var frame in frames[..count])
        {
            progress |= frame.Header.StreamId != 0 && frame.Header.Kind != FrameKind.Reset;
            if (frame.Completed is { } stream)
            {
                Forget(stream);

                // The slot that it leaves may be what others wait for, and nobody else asks for them to be sent.
                more |= Scheduler.HasWork;
                if (Ended.TryLeaveToReceiver(stream, new StreamEnd(StreamEndKind.Completed, default, true, default)))
                {
                    frame.Completed = null;
                }
            }
        }

        Liveness.OnSend(now, progress, Scheduler.HasStreams);
        return count;
    }

    /// <summary>A message for the stream could not be handed over, so it must not end as if it had.</summary>
    /// <returns>True when the stream was ended by this and is not told yet.</returns>
    public bool Spoil(SessionStream stream, int resets, in StreamEnd end, ResetCode code)
    {
        if (stream.State.Resets != resets)
        {
            return false;
        }

        Ended.Spoil(stream, in end);
        return TryReset(stream, code, out _);
    }

    private void SayGoAway(SessionError error, string? detail) =>
        Scheduler.Control.Add(FrameKind.GoAway, 0, new ControlPayload(Streams.LastAccepted, (uint)error, detail));

    private void EndWith(SessionStream stream, StreamEndKind kind, in SessionClose close)
    {
        var sent = stream.State.Phase == StreamPhase.Open;
        Forget(stream);
        if (!IsAlive)
        {
            Streams.ReleaseHandler(stream);
        }

        Ended.Add(stream, new StreamEnd(kind, default, sent, close));
    }
}
