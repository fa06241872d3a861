using NetCore.Framing;

namespace NetCore.Session.Internal;

/// <summary>What the peer may still send, and what it has been granted. Guarded by the session's gate.</summary>
/// <remarks>
/// Invariant for the connection and each stream: credit left at this side plus bytes received and not granted again
/// is the window. Bytes count as consumed when the receive callback takes them over: later users of them are bounded
/// by the byte budget and the number of streams, so a response that nobody disposes blocks nobody else.
/// </remarks>
internal sealed class CreditBook(SendScheduler scheduler, SessionOptions options)
{
    private long _ungranted;

    /// <summary>Bytes that the peer may still send on all streams together.</summary>
    public long Left { get; private set; } = options.ConnectionWindowBytes;

    /// <summary>Takes bytes off the connection's credit, also those of streams that have ended.</summary>
    public SessionError TakeForConnection(int bytes, out string? detail)
    {
        detail = null;
        Left -= bytes;
        if (Left < 0)
        {
            detail = $"The connection's credit is exceeded by {-Left} bytes.";
            return SessionError.FlowControl;
        }

        _ungranted += bytes;
        if (_ungranted < options.ConnectionWindowBytes / SessionLimits.GrantDivisor)
        {
            return SessionError.None;
        }

        var grant = _ungranted;
        _ungranted = 0;
        Left += grant;
        return Answer(FrameKind.Credit, 0, (uint)grant, out detail);
    }

    /// <summary>Takes bytes off a stream's credit; a stream whose last frame this is gets none again.</summary>
    public SessionError TakeForStream(StreamState state, int bytes, out string? detail)
    {
        detail = null;
        state.ReceiveCredit -= bytes;
        if (state.ReceiveCredit < 0)
        {
            detail = $"Stream {state.Id} exceeds its credit by {-state.ReceiveCredit} bytes.";
            return SessionError.FlowControl;
        }

        state.Ungranted += bytes;
        if (state.RemoteEnded || state.Ungranted < options.StreamWindowBytes / SessionLimits.GrantDivisor)
        {
            return SessionError.None;
        }

        var grant = state.Ungranted;
        state.Ungranted = 0;
        state.ReceiveCredit += grant;
        return Answer(FrameKind.Credit, state.Id, (uint)grant, out detail);
    }

    /// <summary>The peer lets this side send more. A stream that has ended meanwhile needs none.</summary>
    public SessionError OnGranted(ulong id, SessionStream? stream, uint bytes, out string? detail)
    {
        detail = null;
        if (bytes is 0 or > int.MaxValue)
        {
            detail = "A grant of no bytes, or of more than 2^31 - 1.";
            return SessionError.FlowControl;
        }

        long credit = 0;
        if (id == 0)
        {
            credit = scheduler.ConnectionCredit += bytes;
        }
        else if (stream is not null)
        {
            credit = stream.State.SendCredit += bytes;
            scheduler.Wake(stream);
        }

        detail = credit > int.MaxValue ? "Credit of more than 2^31 - 1 bytes." : null;
        return detail is null ? SessionError.None : SessionError.FlowControl;
    }

    /// <summary>Queues an answer; too many that wait are the peer's fault.</summary>
    public SessionError Answer(FrameKind kind, ulong id, uint code, out string? detail) =>
        Answer(kind, id, new ControlPayload(0, code), out detail);

    public SessionError Answer(FrameKind kind, ulong id, ControlPayload payload, out string? detail)
    {
        detail = null;
        if (scheduler.Control.TryAnswer(kind, id, payload))
        {
            return SessionError.None;
        }

        detail = $"{SessionLimits.MaxQueuedControlFrames} answers wait and the peer does not read them.";
        return SessionError.TooManyControlFrames;
    }
}
