using NetCore.Core;
using NetCore.Framing;

namespace NetCore.Session.Internal;

/// <summary>The state machine of a session: frames and time in, frames and decisions out. No IO, no clock, no callbacks.</summary>
/// <remarks>Every member is called under the session's gate; times are milliseconds of the world's timer wheel.</remarks>
internal sealed class SessionCore
{
    private readonly ISessionHandler _handler;
    private readonly PeerSession _session;
    private readonly SessionOptions _options;
    private readonly FrameReceiver _receiver;

    public SessionCore(
        PeerSession session,
        SessionRole role,
        SessionOptions options,
        ISessionHandler handler,
        BlockPool blocks,
        long now)
    {
        _session = session;
        _handler = handler;
        _options = options;
        Streams = new StreamRegistry(role, options.MaxStreams);
        Scheduler = new SendScheduler(Streams, options.Checksum ? FrameFlags.Checksum : FrameFlags.None);
        Liveness = new Liveness(role, options, now);
        _receiver = new FrameReceiver(this, options, blocks);
        Scheduler.Control.TryAdd(FrameKind.Hello, 0, new ControlPayload(0, 0, Hello: Hello.Of(options)));
    }

    public StreamRegistry Streams { get; }

    public SendScheduler Scheduler { get; }

    public Liveness Liveness { get; }

    /// <summary>The peer's hello; null until it came.</summary>
    public Hello? Peer { get; private set; }

    /// <summary>How the session ended, set once; null while it lives.</summary>
    public SessionClose? Close { get; private set; }

    /// <summary>What the peer said in its GOAWAY frame; null until it came.</summary>
    public SessionClose? PeerGoAway { get; private set; }

    /// <summary>This side has sent its GOAWAY frame.</summary>
    public bool Draining { get; private set; }

    /// <summary>Streams that ended with the decisions of this gate entry; the shell tells them afterwards.</summary>
    public List<(SessionStream Stream, StreamEnd End)> Ended { get; } = [];

    /// <summary>The output may end: a GOAWAY has gone out or come in and nothing is left to do.</summary>
    public bool IsDone =>
        Scheduler.IsEmpty && (Close is not null || ((Draining || PeerGoAway is not null) && Streams.IsEmpty));

    public OpenResult Open(
        SessionStream stream,
        OutgoingMessage message,
        bool end,
        bool singleExchange,
        UpperProtocol protocol,
        FrameClass frameClass)
    {
        if (Close is not null)
        {
            return OpenResult.Closed;
        }

        if (Draining || PeerGoAway is not null)
        {
            return OpenResult.Draining;
        }

        if (Scheduler.QueuedBytes + message.Length > SessionLimits.MaxQueuedBytes)
        {
            return OpenResult.QueueFull;
        }

        if (IsTooLarge(message))
        {
            return OpenResult.MessageTooLarge;
        }

        stream.State.Begin(protocol, frameClass, accepted: false);
        stream.State.SingleExchange = singleExchange;
        stream.State.ReceiveCredit = _options.StreamWindowBytes;
        Scheduler.Queue(stream, message, end);
        return OpenResult.Opened;
    }

    /// <summary>False when the stream has ended, or the message is larger than the peer takes.</summary>
    public bool Send(SessionStream stream, OutgoingMessage message, bool end)
    {
        var state = stream.State;
        if (state.Phase == StreamPhase.Ended || state.EndQueued || IsTooLarge(message))
        {
            return false;
        }

        Scheduler.Queue(stream, message, end);
        return true;
    }

    public bool IsTooLarge(OutgoingMessage message) => Peer is { } peer && message.Length > peer.MaxMessageBytes;

    /// <summary>Ends a stream from this side; false when it has ended already.</summary>
    public bool TryReset(SessionStream stream, ResetCode code, out bool sent)
    {
        var state = stream.State;
        sent = state.Phase == StreamPhase.Open;
        if (state.Phase == StreamPhase.Ended)
        {
            return false;
        }

        if (sent && Close is null)
        {
            Scheduler.Control.TryAdd(FrameKind.Reset, state.Id, new ControlPayload(0, (uint)code));
        }

        Forget(stream);
        return true;
    }

    public SessionStream? Opening(UpperProtocol protocol) => _handler.OnOpening(_session, protocol);

    /// <summary>Takes the stream out of everything; the caller tells it or owns the outcome.</summary>
    public void Forget(SessionStream stream)
    {
        var state = stream.State;
        Scheduler.Drop(stream);
        _receiver.DropAssembly(state);
        if (Streams.End(stream))
        {
            Scheduler.SlotsFreed(1);
        }
    }

    /// <summary>Decides about one received frame.</summary>
    /// <returns><see cref="SessionError.None"/>, or the violation that ends the session.</returns>
    public SessionError OnFrame(ref InFrame frame, ReadOnlySpan<byte> payload, long now, out string? detail) =>
        _receiver.OnFrame(ref frame, payload, now, out detail);

    public void OnHello(Hello hello)
    {
        Peer = hello;
        Streams.PeerMaxStreams = (int)hello.MaxStreams;
        Streams.PeerStreamWindow = hello.StreamWindow;
        Scheduler.ConnectionCredit = hello.ConnectionWindow;
        Scheduler.SlotsFreed(Streams.PeerMaxStreams);
    }

    public void OnGoAway(ulong lastAccepted, SessionError error, string? detail)
    {
        PeerGoAway ??= new SessionClose(error, true, detail);
        if (error is not (SessionError.None or SessionError.Draining or SessionError.Idle))
        {
            // The peer has found this side at fault and dropped everything.
            Fail(error, detail, byPeer: true);
            return;
        }

        foreach (var stream in Scheduler.WithoutNumber())
        {
            EndNotAccepted(stream);
        }

        var refused = new List<SessionStream>();
        foreach (var stream in Streams.Open)
        {
            if (!stream.State.Accepted && stream.Id > lastAccepted)
            {
                refused.Add(stream);
            }
        }

        refused.ForEach(EndNotAccepted);
    }

    /// <summary>Refuses new streams from now on and tells the peer which was the last.</summary>
    public void Drain(SessionError error, string? detail)
    {
        if (!Draining && Close is null)
        {
            Draining = true;
            Scheduler.Control.TryAdd(FrameKind.GoAway, 0, new ControlPayload(Streams.LastAccepted, (uint)error, detail));
        }
    }

    /// <summary>Ends the session: only a GOAWAY frame goes out, if it can. False when it has ended already.</summary>
    public bool Fail(SessionError error, string? detail, bool byPeer = false)
    {
        if (Close is not null)
        {
            return false;
        }

        Close = new SessionClose(error, byPeer, detail);
        foreach (var stream in Streams.Open.ToArray())
        {
            EndWith(stream, Close.Value);
        }

        while (Scheduler.AnyWaiting is { } stream)
        {
            EndWith(stream, Close.Value);
        }

        Scheduler.Control.Clear();
        if (error is not (SessionError.None or SessionError.ConnectionLost) && !byPeer)
        {
            var payload = new ControlPayload(Streams.LastAccepted, (uint)error, detail);
            Scheduler.Control.TryAdd(FrameKind.GoAway, 0, payload);
        }

        return true;
    }

    /// <summary>Chooses the frames of one send and ends the streams that end with them.</summary>
    public int Choose(Span<OutFrame> frames, int room, long now, out bool more)
    {
        var count = Scheduler.Choose(frames, room, now, out more);
        foreach (ref var frame in frames[..count])
        {
            if (frame.Completed is { } stream)
            {
                Forget(stream);
            }
        }

        Liveness.OnSend(now, Scheduler.HasStreams);
        return count;
    }

    private void EndWith(SessionStream stream, SessionClose close)
    {
        var sent = stream.State.Phase == StreamPhase.Open;
        Forget(stream);
        Ended.Add((stream, new StreamEnd(StreamEndKind.SessionClosed, default, sent, close)));
    }

    private void EndNotAccepted(SessionStream stream)
    {
        var sent = stream.State.Phase == StreamPhase.Open;
        Forget(stream);
        Ended.Add((stream, new StreamEnd(StreamEndKind.NotAccepted, default, sent, default)));
    }
}
