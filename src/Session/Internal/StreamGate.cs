using NetCore.Framing;

namespace NetCore.Session.Internal;

/// <summary>What the floor above does with streams: decided under the gate, sent after it.</summary>
internal readonly struct StreamGate(SessionPump pump)
{
    public OpenResult Open(
        SessionStream stream,
        OutgoingMessage message,
        UpperProtocol protocol,
        bool end,
        bool singleExchange,
        FrameClass frameClass)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(message);
        var result = OpenResult.Closed;
        var many = false;
        StreamDeadlines? deadlines = null;
        try
        {
            lock (pump.Gate)
            {
                result = pump.Core.Open(stream, message, end, singleExchange, protocol, frameClass);
                if (result == OpenResult.Opened)
                {
                    many = OnQueued_NeedsGate();
                    deadlines = pump.OnBegun(stream.Deadline);
                }
            }
        }
        finally
        {
            if (result != OpenResult.Opened)
            {
                message.Dispose();
            }
        }

        if (result == OpenResult.Opened)
        {
            deadlines?.SetTimer();
            pump.RequestSend(many);
        }

        return result;
    }

    public bool Send(SessionStream stream, OutgoingMessage message, bool end, bool flush)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(message);
        bool queued;
        var many = false;
        object? overrun;
        lock (pump.Gate)
        {
            queued = pump.Core.Send(stream, message, end);
            overrun = pump.Core.Overrun;
            if (queued)
            {
                many = OnQueued_NeedsGate();
            }
        }

        if (!queued)
        {
            message.Dispose();
            AbortIf(overrun);
        }
        else if (flush)
        {
            pump.RequestSend(many);
        }

        return queued;
    }

    public void Consume(SessionStream stream, long life, int bytes)
    {
        ArgumentNullException.ThrowIfNull(stream);
        bool granted;
        lock (pump.Gate)
        {
            granted = stream.Life == life && pump.Core.Credit.Consume(stream.State, bytes);
        }

        if (granted)
        {
            pump.RequestSend();
        }
    }

    public bool TryReset(SessionStream stream, long life, ResetCode code, out bool sent)
    {
        ArgumentNullException.ThrowIfNull(stream);
        bool ended;
        object? overrun;
        lock (pump.Gate)
        {
            sent = false;
            ended = stream.Life == life && pump.Core.TryReset(stream, code, out sent);
            overrun = pump.Core.Overrun;
        }

        if (ended)
        {
            pump.RequestSend();
            AbortIf(overrun);
        }

        return ended;
    }

    public void Release(SessionStream accepted)
    {
        ArgumentNullException.ThrowIfNull(accepted);
        bool done;
        lock (pump.Gate)
        {
            pump.Core.Streams.HandlerEnded(accepted);
            done = pump.Core.IsDone;
        }

        if (done)
        {
            pump.RequestSend();
        }
    }

    public void AssertCredit()
    {
        lock (pump.Gate)
        {
            var credit = pump.Core.Credit;
            var problem = credit.FindInexact() ?? pump.Core.Streams.Open
                .Select(stream => credit.FindInexact(stream.State)).FirstOrDefault(static text => text is not null);
            if (problem is not null)
            {
                throw new InvalidOperationException(problem);
            }
        }
    }

    // Only the first of several messages that wait needs the clock. True when this one makes them many.
    private bool OnQueued_NeedsGate()
    {
        if (!pump.Core.Liveness.IsBlocked)
        {
            pump.Core.Liveness.OnQueued(pump.World.Timers.Now);
        }

        return pump.Core.Scheduler.QueuedSinceChoice == SessionLimits.EarlySendMessages;
    }

    private void AbortIf(object? overrun)
    {
        if (overrun is SessionClose reason)
        {
            pump.Abort(in reason);
        }
    }
}
