using System.Buffers.Binary;
using NetCore.Core;
using NetCore.Framing;

namespace NetCore.Session.Internal;

/// <summary>The receiving half of the state machine: which frame is legal when, and what follows from it.</summary>
internal sealed class FrameReceiver(SessionCore core, SessionOptions options, BlockPool blocks)
{
    private readonly RateGuard _rates = new();
    private long _credit = options.ConnectionWindowBytes;
    private long _ungranted;
    private long _assembling;

    public SessionError OnFrame(ref InFrame frame, ReadOnlySpan<byte> payload, long now, out string? detail)
    {
        detail = null;
        var kind = frame.Header.Kind;
        if (core.Peer is null)
        {
            return OnFirstFrame(ref frame, payload, out detail);
        }

        switch (kind)
        {
            case FrameKind.Open:
                return OnOpen(ref frame, now, out detail);
            case FrameKind.Data:
                return OnData(ref frame, now, out detail);
            case FrameKind.Reset:
                return OnReset(ref frame, (ResetCode)BinaryPrimitives.ReadUInt32LittleEndian(payload), now, out detail);
            case FrameKind.Credit:
                return OnCredit(frame.Header.StreamId, BinaryPrimitives.ReadUInt32LittleEndian(payload), out detail);
            case FrameKind.Ping:
                return OnPing(BinaryPrimitives.ReadUInt64LittleEndian(payload), now, out detail);
            case FrameKind.Pong:
                return Limited(now, out detail);
            case FrameKind.GoAway:
                core.OnGoAway(
                    BinaryPrimitives.ReadUInt64LittleEndian(payload),
                    (SessionError)BinaryPrimitives.ReadUInt32LittleEndian(payload[8..]),
                    ControlPayload.ReadDetail(payload));
                return Limited(now, out detail);
            default:
                detail = "A second hello.";
                return SessionError.IllegalTransition;
        }
    }

    /// <summary>Forgets the fragments of a stream that has ended.</summary>
    public void DropAssembly(StreamState state)
    {
        _assembling -= state.AssemblyBytes;
        state.AssemblyBytes = 0;
        state.Assembly?.Close();
        state.Assembly = null;
    }

    private SessionError OnFirstFrame(ref InFrame frame, ReadOnlySpan<byte> payload, out string? detail)
    {
        if (frame.Header.Kind != FrameKind.Hello)
        {
            detail = $"The peer's first frame is {frame.Header.Kind}, not a hello.";
            return SessionError.NotThisProtocol;
        }

        var error = Hello.TryRead(payload, out var hello, out detail);
        if (error == SessionError.None)
        {
            core.OnHello(hello!);
            frame.Action = InAction.Established;
        }

        return error;
    }

    private SessionError OnOpen(ref InFrame frame, long now, out string? detail)
    {
        ref readonly var header = ref frame.Header;
        if (!core.Streams.TrySee(header.StreamId))
        {
            detail = $"Stream {header.StreamId} is opened out of order.";
            return SessionError.IllegalTransition;
        }

        _rates.OnOpened(now);
        if (TakeConnectionCredit(frame.MessageBytes, out detail) is var error and not SessionError.None)
        {
            return error;
        }

        if (core.Draining || !core.Streams.HasRoomForAccepted)
        {
            return Answer(FrameKind.Reset, header.StreamId, (uint)ResetCode.Refused, out detail);
        }

        if (core.Opening(header.Protocol) is not { } stream)
        {
            return Answer(FrameKind.Reset, header.StreamId, (uint)ResetCode.NoSuchProtocol, out detail);
        }

        core.Streams.Accept(stream, header.StreamId, header.Protocol, header.Class);
        stream.State.ReceiveCredit = options.StreamWindowBytes;
        core.Liveness.OnStream(now);
        return OnStreamBytes(ref frame, stream, out detail);
    }

    private SessionError OnData(ref InFrame frame, long now, out string? detail)
    {
        ref readonly var header = ref frame.Header;
        if (TakeConnectionCredit(frame.MessageBytes, out detail) is var error and not SessionError.None)
        {
            return error;
        }

        if (core.Streams.Find(header.StreamId) is not { } stream)
        {
            // Frames that were under way when the stream ended are dropped; a number never used is an error.
            return Late(header.StreamId, out detail);
        }

        if (stream.State.RemoteEnded || header.Protocol != stream.State.Protocol)
        {
            detail = $"Data on stream {header.StreamId} after its end, or for another protocol.";
            return SessionError.IllegalTransition;
        }

        var empty = frame.MessageBytes == 0 && (header.Flags & FrameFlags.End) == 0;
        if (empty && Limited(now, out detail) is var limited and not SessionError.None)
        {
            return limited;
        }

        return OnStreamBytes(ref frame, stream, out detail);
    }

    private SessionError OnStreamBytes(ref InFrame frame, SessionStream stream, out string? detail)
    {
        detail = null;
        var state = stream.State;
        var flags = frame.Header.Flags;
        state.ReceiveCredit -= frame.MessageBytes;
        if (state.ReceiveCredit < 0)
        {
            detail = $"Stream {state.Id} exceeds its credit by {-state.ReceiveCredit} bytes.";
            return SessionError.FlowControl;
        }

        frame.Stream = stream;
        state.RemoteEnded = (flags & FrameFlags.End) != 0;
        if (!state.RemoteEnded && GrantStream(state, frame.MessageBytes, out detail) is var error and not SessionError.None)
        {
            return error;
        }

        if ((flags & FrameFlags.More) != 0 || state.AssemblyBytes > 0)
        {
            state.AssemblyBytes += frame.MessageBytes;
            _assembling += frame.MessageBytes;
            if (state.AssemblyBytes > options.MaxMessageBytes || _assembling > SessionLimits.MaxAssemblyBytes)
            {
                return OnTooLarge(ref frame, stream, out detail);
            }
        }

        if ((flags & FrameFlags.More) != 0)
        {
            state.Assembly ??= new StreamAssembly(blocks);
            frame.Assembly = state.Assembly;
            frame.Action = InAction.Assemble;
            return SessionError.None;
        }

        _assembling -= state.AssemblyBytes;
        state.AssemblyBytes = 0;
        frame.Action = InAction.Deliver;
        if (state.SingleExchange || (state.RemoteEnded && state.LocalEnded))
        {
            frame.Action = InAction.DeliverAndEnd;
            frame.Assembly = state.Assembly;
            state.Assembly = null;
            return EndInOrder(stream, out detail);
        }

        frame.Assembly = state.Assembly;
        state.Assembly = null;
        return SessionError.None;
    }

    private SessionError EndInOrder(SessionStream stream, out string? detail)
    {
        detail = null;
        var state = stream.State;
        var id = state.Id;

        // Of a single exchange the first message is the last: a peer that has more to send is told that nobody listens.
        var abandoned = !state.LocalEnded || !state.RemoteEnded;
        core.Forget(stream);
        return abandoned ? Answer(FrameKind.Reset, id, (uint)ResetCode.Cancelled, out detail) : SessionError.None;
    }

    private SessionError OnTooLarge(ref InFrame frame, SessionStream stream, out string? detail)
    {
        var id = stream.Id;
        core.Forget(stream);
        frame.Action = InAction.End;
        frame.End = new StreamEnd(StreamEndKind.MessageTooLarge, ResetCode.MessageTooLarge, true, default);
        return Answer(FrameKind.Reset, id, (uint)ResetCode.MessageTooLarge, out detail);
    }

    private SessionError OnReset(ref InFrame frame, ResetCode code, long now, out string? detail)
    {
        detail = null;
        if (core.Streams.Find(frame.Header.StreamId) is not { } stream)
        {
            return Late(frame.Header.StreamId, out detail);
        }

        if (stream.State is { Accepted: true, HandlerRunning: true } && !_rates.AllowReset(now))
        {
            detail = "Too many streams were reset while their handlers ran.";
            return SessionError.TooManyControlFrames;
        }

        core.Forget(stream);
        frame.Stream = stream;
        frame.Action = InAction.End;
        frame.End = new StreamEnd(StreamEndKind.ResetByPeer, code, true, default);
        return SessionError.None;
    }

    private SessionError OnCredit(ulong id, uint bytes, out string? detail)
    {
        detail = null;
        if (bytes is 0 or > int.MaxValue)
        {
            detail = "A grant of no bytes, or of more than 2^31 - 1.";
            return SessionError.FlowControl;
        }

        if (id == 0)
        {
            core.Scheduler.ConnectionCredit += bytes;
            return CheckWindow(core.Scheduler.ConnectionCredit, out detail);
        }

        if (core.Streams.Find(id) is not { } stream)
        {
            return Late(id, out detail);
        }

        stream.State.SendCredit += bytes;
        core.Scheduler.Wake(stream);
        return CheckWindow(stream.State.SendCredit, out detail);
    }

    private SessionError OnPing(ulong value, long now, out string? detail)
    {
        var error = Limited(now, out detail);
        if (error == SessionError.None && !core.Scheduler.Control.TryAdd(FrameKind.Pong, 0, new ControlPayload(value, 0)))
        {
            return TooManyAnswers(out detail);
        }

        return error;
    }

    private SessionError TakeConnectionCredit(int bytes, out string? detail)
    {
        detail = null;
        _credit -= bytes;
        if (_credit < 0)
        {
            detail = $"The connection's credit is exceeded by {-_credit} bytes.";
            return SessionError.FlowControl;
        }

        // What is taken over by the receive callback counts as consumed: later users of the bytes are bounded by the
        // byte budget and the number of streams, so that a response which nobody disposes blocks nobody else.
        _ungranted += bytes;
        if (_ungranted < options.ConnectionWindowBytes / 4)
        {
            return SessionError.None;
        }

        var grant = _ungranted;
        _ungranted = 0;
        _credit += grant;
        return Answer(FrameKind.Credit, 0, (uint)grant, out detail);
    }

    private SessionError GrantStream(StreamState state, int bytes, out string? detail)
    {
        detail = null;
        state.Ungranted += bytes;
        if (state.Ungranted < options.StreamWindowBytes / 4)
        {
            return SessionError.None;
        }

        var grant = state.Ungranted;
        state.Ungranted = 0;
        state.ReceiveCredit += grant;
        return Answer(FrameKind.Credit, state.Id, (uint)grant, out detail);
    }

    private SessionError Late(ulong id, out string? detail)
    {
        detail = null;
        if (core.Streams.WasUsed(id))
        {
            return SessionError.None;
        }

        detail = $"A frame for stream {id}, which was never opened.";
        return SessionError.IllegalTransition;
    }

    private SessionError Answer(FrameKind kind, ulong id, uint code, out string? detail)
    {
        detail = null;
        return core.Scheduler.Control.TryAdd(kind, id, new ControlPayload(0, code))
            ? SessionError.None
            : TooManyAnswers(out detail);
    }

    private SessionError Limited(long now, out string? detail)
    {
        detail = null;
        if (_rates.AllowControlFrame(now))
        {
            return SessionError.None;
        }

        detail = $"More than {SessionLimits.ControlFramesPerSecond} control frames per second.";
        return SessionError.TooManyControlFrames;
    }

    private static SessionError TooManyAnswers(out string? detail)
    {
        detail = $"{SessionLimits.MaxQueuedControlFrames} answers wait and the peer does not read them.";
        return SessionError.TooManyControlFrames;
    }

    private static SessionError CheckWindow(long credit, out string? detail)
    {
        detail = credit > int.MaxValue ? "Credit of more than 2^31 - 1 bytes." : null;
        return detail is null ? SessionError.None : SessionError.FlowControl;
    }
}
