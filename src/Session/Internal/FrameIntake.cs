using NetCore.Core;
using NetCore.Framing;
using NetCore.Transport;

namespace NetCore.Session.Internal;

/// <summary>
/// Received bytes to frames, frames to decisions under the gate, decisions to callbacks. Receive callbacks only.
/// </summary>
internal readonly struct FrameIntake(SessionPump pump)
{
    private SessionCore Core => pump.Core;

    /// <summary>Resolves up to one gate's worth of frames; true when there may be more in the same bytes.</summary>
    public bool TakeFrames(in ReceivedData data, InFrame[] frames, ref int offset)
    {
        var start = offset;
        var status = Decode(data.Span, frames, ref offset, out var count);
        var now = pump.ReceivedAt = pump.World.Timers.Now;
        Exception? thrown = null;
        bool failed;
        bool wantsSend;
        lock (pump.Gate)
        {
            Core.Ended.BeginDelivery();
            for (var i = 0; i < count && Core.IsAlive; i++)
            {
                Decide(ref frames[i], in data, now, ref thrown);
            }

            if (status is not (FrameStatus.Complete or FrameStatus.NeedMore) && Core.IsAlive)
            {
                var close = SessionMessages.OfFrame(status, Core.IsGreeted);
                Core.Fail(close.Error, close.Detail);
            }

            Core.Liveness.OnReceive(now, offset < data.Length && status == FrameStatus.NeedMore, offset > start);
            failed = !Core.IsAlive;
            wantsSend = Core.Scheduler.HasWork || Core.IsDone;
        }

        if (thrown is not null)
        {
            SessionLog.CallbackThrew(pump.Logger, pump.Connection.Id, nameof(ISessionHandler.OnOpening), thrown);
        }

        failed |= Deliver(in data, frames.AsSpan(0, count));
        if (failed)
        {
            pump.OnFailed();
        }
        else if (wantsSend)
        {
            pump.Connection.RequestSend();
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
            if (!view.TryGetDecodedLength(out frame.MessageBytes))
            {
                status = FrameStatus.DecompressionFailed;
                break;
            }

            offset += consumed;
        }

        return status;
    }

    // Under the gate.
    private void Decide(ref InFrame frame, in ReceivedData data, long now, ref Exception? thrown)
    {
        var payload = data.Span.Slice(frame.PayloadOffset, frame.Header.PayloadLength);
        SessionError error;
        string? detail;
        try
        {
            error = Core.OnFrame(ref frame, payload, now, out detail);
        }
#pragma warning disable CA1031 // The one callback under the gate is somebody else's; what it throws ends this session.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            thrown = exception;
            error = SessionError.HandlerFailed;
            detail = "A handler failed to take a stream.";
        }

        if (error != SessionError.None)
        {
            Core.Fail(error, detail);
        }
    }

    // True when the session has failed by what was found here.
    private bool Deliver(in ReceivedData data, Span<InFrame> frames)
    {
        var failed = false;
        for (var i = 0; i < frames.Length; i++)
        {
            ref var frame = ref frames[i];
            switch (frame.Action)
            {
                case InAction.None:
                    break;
                case InAction.Established:
                    pump.OnEstablished();
                    break;
                case InAction.End:
                    pump.Teller.Tell(frame.Stream!, in frame.End);
                    break;
                default:
                    failed |= !DeliverBytes(in data, frames[i..]);
                    break;
            }
        }

        frames.Clear();
        if (!Core.Ended.TryEndDelivery())
        {
            pump.Teller.TellAll(receiving: true);
        }

        return failed;
    }

    // The first frame of those given. False when the session has failed.
    private bool DeliverBytes(in ReceivedData data, Span<InFrame> frames)
    {
        ref var frame = ref frames[0];
        if (frame.Action != InAction.DeliverAndEnd && frame.Stream!.State.Resets != frame.Resets)
        {
            // This side has reset it meanwhile.
            Drop(ref frame);
            return true;
        }

        var intact = true;
        try
        {
            intact = InboundDelivery.Deliver(in data, ref frame, pump.World.Blocks);
        }
        catch (ByteBudgetExceededException)
        {
            EndForMemory(frames);
            return true;
        }
#pragma warning disable CA1031 // A callback is somebody else's code; what it throws ends this session and nothing else.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Drop(ref frame);
            pump.Teller.OnThrew(nameof(SessionStream.OnMessage), exception);
        }

        if (intact)
        {
            TellCompleted(in frame);
            return true;
        }

        OnBadCompression(frames);
        return false;
    }

    private void TellCompleted(in InFrame frame)
    {
        if (frame.Action == InAction.DeliverAndEnd)
        {
            pump.Teller.Tell(frame.Stream!, new StreamEnd(StreamEndKind.Completed, default, true, default));
        }
    }

    private void OnBadCompression(Span<InFrame> frames)
    {
        StreamEnd end;
        lock (pump.Gate)
        {
            Core.Fail(SessionError.BadCompression, "A compressed payload cannot be expanded.");
            end = new StreamEnd(StreamEndKind.SessionClosed, default, true, Core.Close!.Value);
            foreach (ref readonly var frame in frames)
            {
                Core.Ended.Spoil(frame.Stream, in end);
            }
        }

        foreach (ref readonly var frame in frames)
        {
            Spoil(frames, frame.Stream, in end);
        }

        Tell(ref frames[0]);
    }

    // No memory for one message: its stream ends, and no later message of it may seem to follow the one before.
    private void EndForMemory(Span<InFrame> frames)
    {
        var stream = frames[0].Stream!;
        var end = new StreamEnd(StreamEndKind.OutOfMemoryBudget, default, true, default);
        bool ended;
        lock (pump.Gate)
        {
            ended = Core.Spoil(stream, frames[0].Resets, in end, ResetCode.OutOfMemoryBudget);
        }

        Spoil(frames, stream, in end);
        if (ended)
        {
            pump.Teller.Tell(stream, in end);
            pump.Connection.RequestSend();
        }

        Tell(ref frames[0]);
    }

    // What was decided for the stream in this batch becomes its end, or nothing where that is told elsewhere.
    private static void Spoil(Span<InFrame> frames, SessionStream? stream, in StreamEnd end)
    {
        foreach (ref var frame in frames)
        {
            if (stream is not null && frame.Stream == stream)
            {
                var ends = frame.Action is InAction.DeliverAndEnd;
                Drop(ref frame);
                if (ends)
                {
                    frame.Action = InAction.End;
                    frame.End = end;
                }
            }
        }
    }

    private void Tell(ref InFrame frame)
    {
        if (frame.Action == InAction.End)
        {
            pump.Teller.Tell(frame.Stream!, in frame.End);
            frame.Action = InAction.None;
        }
    }

    // An assembly that completes with this frame is the frame's alone; any other is the stream's.
    private static void Drop(ref InFrame frame)
    {
        if (frame.Action is InAction.Deliver or InAction.DeliverAndEnd)
        {
            frame.Assembly?.Close();
        }

        if (frame.Action is not (InAction.End or InAction.DeliverAndEnd))
        {
            frame.Action = InAction.None;
        }
    }
}
