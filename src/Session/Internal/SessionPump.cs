using Microsoft.Extensions.Logging;
using Microsoft.Extensions.ObjectPool;
using NetCore.Core;
using NetCore.Framing;
using NetCore.Transport;

namespace NetCore.Session.Internal;

/// <summary>Moves frames between a connection and the core, and runs what the core decided after the gate is released.</summary>
/// <remarks>
/// Streams are told of their end only from receive callbacks and from the connection's close, which never overlap, and
/// by the send that completes them; so a stream's last callback is never overtaken by an earlier one.
/// </remarks>
internal sealed class SessionPump : IReceiver, ISendSource, ITimerTarget
{
    private readonly World _world;
    private readonly PeerSession _session;
    private readonly Connection _connection;
    private readonly ISessionHandler _handler;
    private readonly SessionOptions _options;
    private readonly ObjectPool<FrameScratch> _scratch;
    private readonly InboundDelivery _delivery;
    private readonly WheelTimer _timer;
    private readonly ILogger _logger;

    // Guarded by the gate: why the connection is being aborted, and when at the latest.
    private SessionClose? _reason;
    private long _abortAt = long.MaxValue;

    // Written by receive callbacks only.
    private bool _discarding;

    public SessionPump(
        PeerSession session,
        World world,
        Connection connection,
        SessionRole role,
        ISessionHandler handler,
        SessionOptions options)
    {
        _session = session;
        _world = world;
        _connection = connection;
        _handler = handler;
        _options = options;
        _scratch = FrameScratch.PoolOf(world);
        _logger = world.LoggerFactory.CreateLogger("NetCore.Session");
        _timer = new WheelTimer(this);
        _delivery = new InboundDelivery(session, world.Blocks);
        Core = new SessionCore(session, role, options, handler, world.Blocks, world.Timers.Now);
        Established = new Completion<bool>(world.Executor);
        Closed = new Completion<SessionClose>(world.Executor);
    }

    public Lock Gate { get; } = new();

    public SessionCore Core { get; }

    public Completion<bool> Established { get; }

    public Completion<SessionClose> Closed { get; }

    public void Start()
    {
        _world.Timers.Schedule(_timer, (long)_options.HandshakeTimeout.TotalMilliseconds);
        _connection.Start(this, this);
        _connection.RequestSend();
    }

    /// <summary>Ends the session by closing its connection at once; the first reason wins.</summary>
    public void Abort(SessionClose reason)
    {
        lock (Gate)
        {
            _reason ??= reason;
        }

        _connection.Abort(TransportError.Aborted, reason.Detail);
    }

    /// <summary>Aborts if the session has not ended by then.</summary>
    public void AbortAfter(TimeSpan timeout)
    {
        var delay = Math.Max(1, (long)timeout.TotalMilliseconds);
        lock (Gate)
        {
            _abortAt = Math.Min(_abortAt, _world.Timers.Now + delay);
        }

        _world.Timers.Schedule(_timer, delay);
    }

    public int OnReceived(in ReceivedData data)
    {
        if (_discarding)
        {
            return data.Length;
        }

        var scratch = _scratch.Get();
        var offset = 0;
        try
        {
            while (TakeFrames(in data, scratch.In, ref offset))
            {
            }
        }
        finally
        {
            _scratch.Return(scratch);
        }

        return _discarding ? data.Length : offset;
    }

    public void OnBatchEnd() => _handler.OnBatchEnd(_session);

    public void OnEndOfInput()
    {
        lock (Gate)
        {
            // Without a GOAWAY before, the peer is gone with whatever was open. With one, answers may still go out.
            if (Core.PeerGoAway is null && !Core.Draining)
            {
                Core.Fail(SessionError.ConnectionLost, "The peer closed the connection.");
            }
        }

        TellEnded();
        AbortAfter(TimeSpan.FromMilliseconds(SessionLimits.SendTimeoutMilliseconds));
        _connection.RequestSend();
    }

    public void OnClosed(in ConnectionClose close)
    {
        SessionClose end;
        bool established;
        lock (Gate)
        {
            var reason = _reason ?? Core.PeerGoAway ?? InOrder(in close) ?? SessionMessages.OfConnection(in close);
            Core.Fail(reason.Error == SessionError.Draining ? SessionError.None : reason.Error, reason.Detail, reason.ByPeer);
            end = Core.Close!.Value;
            established = Core.Peer is not null;
        }

        _world.Timers.Cancel(_timer);
        TellEnded();
        Log(in end);
        _handler.OnClosed(_session, in end);
        if (!established)
        {
            var message = SessionMessages.WhyNotEstablished(in end, _connection.RemoteAddress);
            Established.TrySetException(new SessionException(end.Error, message, close.Exception));
        }

        Closed.TrySetResult(end);
    }

    public SendState FillSend(ref SendBatch batch)
    {
        var scratch = _scratch.Get();
        var frames = scratch.Out;
        int count;
        SendState state;
        lock (Gate)
        {
            count = Core.Choose(frames, batch.Remaining, _world.Timers.Now, out var more);
            state = more ? SendState.More : Core.IsDone ? SendState.End : SendState.Idle;
        }

        try
        {
            FrameWriter.WriteAll(ref batch, frames.AsSpan(0, count), _options.Compress);
        }
        finally
        {
            foreach (ref readonly var frame in frames.AsSpan(0, count))
            {
                frame.Completed?.OnEnded(new StreamEnd(StreamEndKind.Completed, default, true, default));
            }

            Array.Clear(frames, 0, count);
            _scratch.Return(scratch);
        }

        return state;
    }

    void ITimerTarget.OnTimer(WheelTimer timer, long token)
    {
        LivenessAction action;
        long next;
        var now = _world.Timers.Now;
        lock (Gate)
        {
            action = Core.Liveness.Look(now, Core.Peer is not null, !Core.Streams.IsEmpty, out next);
            if (now >= _abortAt && action is LivenessAction.None or LivenessAction.Ping)
            {
                action = LivenessAction.Overdue;
            }

            next = Math.Min(next, _abortAt);
            Act(action, now);
        }

        if (action is LivenessAction.None or LivenessAction.Ping or LivenessAction.Idle)
        {
            _world.Timers.Schedule(_timer, next - now);
            _connection.RequestSend();
        }
        else
        {
            _connection.Abort(TransportError.Aborted, action.ToString());
        }
    }

    // Under the gate.
    private void Act(LivenessAction action, long now)
    {
        switch (action)
        {
            case LivenessAction.None:
                break;
            case LivenessAction.Ping:
                Core.Scheduler.Control.TryAdd(FrameKind.Ping, 0, new ControlPayload((ulong)now, 0));
                break;
            case LivenessAction.Idle:
                Core.Drain(SessionError.Idle, "No call for the idle time; connect again or raise the idle timeout.");
                _abortAt = Math.Min(_abortAt, now + SessionLimits.LingerMilliseconds);
                break;
            default:
                _reason ??= SessionMessages.OfAction(action);
                break;
        }
    }

    // Resolves up to one gate's worth of frames; true when there may be more in the same bytes.
    private bool TakeFrames(in ReceivedData data, InFrame[] frames, ref int offset)
    {
        var start = offset;
        var status = Decode(data.Span, frames, ref offset, out var count);
        var now = _world.Timers.Now;
        bool failed;
        bool wantsSend;
        lock (Gate)
        {
            for (var i = 0; i < count && Core.Close is null; i++)
            {
                ref var frame = ref frames[i];
                var payload = data.Span.Slice(frame.PayloadOffset, frame.Header.PayloadLength);
                var error = Core.OnFrame(ref frame, payload, now, out var detail);
                if (error != SessionError.None)
                {
                    Core.Fail(error, detail);
                }
            }

            if (status is not (FrameStatus.Complete or FrameStatus.NeedMore) && Core.Close is null)
            {
                var close = SessionMessages.OfFrame(status, Core.Peer is not null);
                Core.Fail(close.Error, close.Detail);
            }

            Core.Liveness.OnReceive(now, offset < data.Length && status == FrameStatus.NeedMore, offset > start);
            failed = Core.Close is not null;
            wantsSend = Core.Scheduler.HasWork || Core.IsDone;
        }

        Deliver(in data, frames.AsSpan(0, count));
        if (wantsSend)
        {
            _connection.RequestSend();
        }

        if (failed)
        {
            Discard();
        }

        return !failed && status == FrameStatus.Complete;
    }

    private static FrameStatus Decode(ReadOnlySpan<byte> bytes, InFrame[] frames, ref int offset, out int count)
    {
        var status = FrameStatus.Complete;
        for (count = 0; count < frames.Length; count++)
        {
            status = FrameDecoder.TryRead(bytes[offset..], out var view, out var consumed);
            if (status != FrameStatus.Complete)
            {
                break;
            }

            ref var frame = ref frames[count];
            frame = default;
            frame.Header = view.Header;
            frame.PayloadOffset = offset + FrameHeader.Size;
            frame.MessageBytes = view.Header.PayloadLength;
            if ((view.Header.Flags & FrameFlags.Compressed) != 0 && !view.TryGetDecodedLength(out frame.MessageBytes))
            {
                status = FrameStatus.DecompressionFailed;
                break;
            }

            offset += consumed;
        }

        return status;
    }

    private void Deliver(in ReceivedData data, Span<InFrame> frames)
    {
        for (var i = 0; i < frames.Length; i++)
        {
            ref var frame = ref frames[i];
            if (frame.Action == InAction.Established)
            {
                SessionLog.Established(_logger, _connection.Id, _connection.RemoteAddress);
                Established.TrySetResult(true);
            }
            else if (!_delivery.Deliver(in data, ref frame))
            {
                lock (Gate)
                {
                    Core.Fail(SessionError.BadCompression, "A compressed payload cannot be expanded.");
                }

                Discard();
            }
        }

        frames.Clear();
        TellEnded();
    }

    // The session has failed: its GOAWAY goes out, what still comes in is ignored.
    private void Discard()
    {
        TellEnded();
        if (!_discarding)
        {
            _discarding = true;
            AbortAfter(TimeSpan.FromMilliseconds(SessionLimits.LingerMilliseconds));
            _connection.RequestSend();
        }
    }

    private void TellEnded()
    {
        while (true)
        {
            (SessionStream Stream, StreamEnd End) ended;
            lock (Gate)
            {
                if (Core.Ended.Count == 0)
                {
                    return;
                }

                ended = Core.Ended[^1];
                Core.Ended.RemoveAt(Core.Ended.Count - 1);
            }

            ended.Stream.OnEnded(in ended.End);
        }
    }

    // Under the gate: this side said GOAWAY and both directions ended.
    private SessionClose? InOrder(in ConnectionClose close) =>
        Core.Draining && close.Error == TransportError.None ? new SessionClose(SessionError.None, false, null) : null;

    private void Log(in SessionClose close)
    {
        if (close.Error is SessionError.None or SessionError.ConnectionLost or SessionError.Aborted
            or SessionError.Idle or SessionError.Draining)
        {
            SessionLog.Ended(_logger, _connection.Id, _connection.RemoteAddress, close.Error, close.Detail);
        }
        else
        {
            SessionLog.Closed(_logger, _connection.Id, _connection.RemoteAddress, close.Error, close.Detail);
        }
    }
}
