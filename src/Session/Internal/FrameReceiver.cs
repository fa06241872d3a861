using System.Buffers.Binary;
using NetCore.Core;
using NetCore.Framing;

namespace NetCore.Session.Internal;

/// <summary>The receiving half of the state machine: which frame is legal when, and what follows from it.</summary>
internal sealed class FrameReceiver(SessionCore core, SessionOptions options, BlockPool blocks)
{
    private readonly RateGuard _rates = new();
    // One message of the largest size must always be possible.
    private readonly long _maxAssembling = Math.Max(SessionLimits.MaxAssemblyBytes, options.MaxMessageBytes);
    private long _assembling;

    /// <summary>What the peer may still send.</summary>
    public CreditBook Credit { get; } = new(core.Scheduler, options);

    /// <summary>Bytes of all unfinished messages.</summary>
    public long Assembling => _assembling;

    public SessionError OnFrame(ref InFrame frame, ReadOnlySpan<byte> payload, long now, out string? detail)
    {
        if (!core.IsGreeted)
        {
            return OnFirstFrame(ref frame, payload, out detail);
        }

        switch (frame.Header.Kind)
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
                return OnGoAway(payload, now, out detail);
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
        if (Credit.TakeForConnection(frame.MessageBytes, out detail) is var error and not SessionError.None)
        {
            return error;
        }

        if (core.Farewell.Draining)
        {
            return Credit.Answer(FrameKind.Reset, header.StreamId, (uint)ResetCode.Refused, out detail);
        }

        if (!core.Streams.HasRoomForAccepted)
        {
            // Opening beyond the limit makes us work as much as opening and resetting does.
            return _rates.AllowReset(now)
                ? Credit.Answer(FrameKind.Reset, header.StreamId, (uint)ResetCode.Refused, out detail)
                : TooManyResets(out detail);
        }

        if (core.Opening(header.Protocol) is not { } stream)
        {
            return Credit.Answer(FrameKind.Reset, header.StreamId, (uint)ResetCode.NoSuchProtocol, out detail);
        }

        core.Streams.Accept(stream, header.StreamId, header.Protocol, header.Class);
        stream.State.ReceiveCredit = options.StreamWindowBytes;
        return OnStreamBytes(ref frame, stream, now, out detail);
    }

    private SessionError OnData(ref InFrame frame, long now, out string? detail)
    {
        ref readonly var header = ref frame.Header;
        if (Credit.TakeForConnection(frame.MessageBytes, out detail) is var error and not SessionError.None)
        {
            return error;
        }

        var empty = frame.MessageBytes == 0 && (header.Flags & FrameFlags.End) == 0;
        if (empty && Limited(now, out detail) is var limited and not SessionError.None)
        {
            return limited;
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

        return OnStreamBytes(ref frame, stream, now, out detail);
    }

    private SessionError OnStreamBytes(ref InFrame frame, SessionStream stream, long now, out string? detail)
    {
        var state = stream.State;
        var flags = frame.Header.Flags;
        state.RemoteEnded = (flags & FrameFlags.End) != 0;
        var isFragment = (flags & FrameFlags.More) != 0;
        var taken = Credit.TakeForStream(state, frame.MessageBytes, isFragment, out detail);
        if (taken != SessionError.None)
        {
            return taken;
        }

        frame.Stream = stream;
        frame.Resets = state.Resets;
        if (Credit.Held > SessionLimits.MaxHeldBytes)
        {
            return EndUnfit(
                ref frame, StreamEndKind.OutOfMemoryBudget, ResetCode.OutOfMemoryBudget, now, out detail);
        }

        if (isFragment || state.Assembly is not null)
        {
            state.AssemblyBytes += frame.MessageBytes;
            _assembling += frame.MessageBytes;
            if (state.AssemblyBytes > options.MaxMessageBytes)
            {
                return EndUnfit(ref frame, StreamEndKind.MessageTooLarge, ResetCode.MessageTooLarge, now, out detail);
            }

            if (_assembling > _maxAssembling)
            {
                return EndUnfit(
                    ref frame, StreamEndKind.OutOfMemoryBudget, ResetCode.OutOfMemoryBudget, now, out detail);
            }
        }

        if (isFragment)
        {
            frame.Assembly = state.Assembly ??= new StreamAssembly(blocks);
            frame.Action = InAction.Assemble;
            return SessionError.None;
        }

        _assembling -= state.AssemblyBytes;
        state.AssemblyBytes = 0;
        frame.Assembly = state.Assembly;
        state.Assembly = null;
        frame.Action = InAction.Deliver;
        var complete = state.SingleExchange || (state.RemoteEnded && state.LocalEnded);
        return complete ? EndInOrder(ref frame, out detail) : SessionError.None;
    }

    private SessionError EndInOrder(ref InFrame frame, out string? detail)
    {
        detail = null;
        var stream = frame.Stream!;
        var state = stream.State;
        var abandoned = !state.LocalEnded || !state.RemoteEnded;
        frame.Action = InAction.DeliverAndEnd;
        core.Forget(stream);
        if (abandoned)
        {
            // One per stream of this side, so it needs no bound of its own.
            core.Scheduler.Control.Add(FrameKind.Reset, state.Id, new ControlPayload(0, (uint)ResetCode.Cancelled));
        }

        return SessionError.None;
    }

    // The stream's work is abandoned because of what the peer sent, which counts like a reset by the peer.
    private SessionError EndUnfit(ref InFrame frame, StreamEndKind kind, ResetCode code, long now, out string? detail)
    {
        var state = frame.Stream!.State;
        var allowed = !state.HandlerRunning || _rates.AllowReset(now);
        core.Forget(frame.Stream);
        frame.Action = InAction.End;
        frame.End = new StreamEnd(kind, code, true, default);
        return allowed
            ? Credit.Answer(FrameKind.Reset, state.Id, (uint)code, out detail)
            : TooManyResets(out detail);
    }

    private SessionError OnReset(ref InFrame frame, ResetCode code, long now, out string? detail)
    {
        detail = null;
        if (core.Streams.Find(frame.Header.StreamId) is not { } stream)
        {
            return Late(frame.Header.StreamId, out detail);
        }

        // One that was answered costs nothing more: its caller has ended the half that it had no more use for.
        if (stream.State is { HandlerRunning: true, EndQueued: false } && !_rates.AllowReset(now))
        {
            return TooManyResets(out detail);
        }

        core.Forget(stream);
        frame.Stream = stream;
        frame.Action = InAction.End;
        frame.End = new StreamEnd(StreamEndKind.ResetByPeer, code, true, default);
        return SessionError.None;
    }

    private SessionError OnCredit(ulong id, uint bytes, out string? detail)
    {
        var stream = core.Streams.Find(id);
        return id != 0 && stream is null && Late(id, out detail) is var error and not SessionError.None
            ? error
            : Credit.OnGranted(id, stream, bytes, out detail);
    }

    private SessionError OnPing(ulong value, long now, out string? detail)
    {
        var error = Limited(now, out detail);
        return error == SessionError.None
            ? Credit.Answer(FrameKind.Pong, 0, new ControlPayload(value, 0), out detail)
            : error;
    }

    private SessionError OnGoAway(ReadOnlySpan<byte> payload, long now, out string? detail)
    {
        if (Limited(now, out detail) is var limited and not SessionError.None)
        {
            return limited;
        }

        core.OnGoAway(
            BinaryPrimitives.ReadUInt64LittleEndian(payload),
            (SessionError)BinaryPrimitives.ReadUInt32LittleEndian(payload[8..]),
            ControlPayload.ReadDetail(payload));
        return SessionError.None;
    }

    private SessionError Late(ulong id, out string? detail)
    {
        detail = core.Streams.WasUsed(id) ? null : $"A frame for stream {id}, which was never opened.";
        return detail is null ? SessionError.None : SessionError.IllegalTransition;
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

    private static SessionError TooManyResets(out string? detail)
    {
        detail = "Too many streams were refused, or reset while their handlers ran.";
        return SessionError.TooManyControlFrames;
    }
}
