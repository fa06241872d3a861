using System.Diagnostics;
using NetCore.Framing;

namespace NetCore.Session.Internal;

/// <summary>What the peer may still send, and what it has been granted. Guarded by the session's gate.</summary>
/// <remarks>
/// <para>
/// For the connection, and for a stream that is not paced, credit left at this side plus bytes received and not granted
/// again is the window. Bytes count as consumed when the receive callback takes them over: later users of them are
/// bounded by the byte budget and the number of streams, so a response that nobody disposes blocks nobody else.
/// </para>
/// <para>
/// For a paced stream credit left + received and not granted + held = window + lent, until the peer's half ends. Held
/// are the bytes that its consumer has not taken. A message longer than the window could never become whole, so its
/// bytes are lent while less than a quarter is held before it; a consumer that reports each quarter has taken all then.
/// What is lent is paid back before anything is granted.
/// </para>
/// </remarks>
internal sealed class CreditBook(SendScheduler scheduler, SessionOptions options)
{
    private readonly int _quarter = options.StreamWindowBytes / SessionLimits.GrantDivisor;
    private long _ungranted;

    /// <summary>Bytes that the peer may still send on all streams together.</summary>
    public long Left { get; private set; } = options.ConnectionWindowBytes;

    /// <summary>Bytes of all streams that were received and not granted again.</summary>
    public long Ungranted => _ungranted;

    /// <summary>Bytes that paced streams hold, all together.</summary>
    public long Held { get; private set; }

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
        Debug.Assert(FindInexact() is null, FindInexact());
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
    /// <param name="state">The stream.</param>
    /// <param name="bytes">Of one frame.</param>
    /// <param name="more">Its message goes on in another frame.</param>
    /// <param name="detail">For people.</param>
    public SessionError TakeForStream(StreamState state, int bytes, bool more, out string? detail)
    {
        detail = null;
        state.ReceiveCredit -= bytes;
        if (state.ReceiveCredit < 0)
        {
            detail = $"Stream {state.Id} exceeds its credit by {-state.ReceiveCredit} bytes.";
            return SessionError.FlowControl;
        }

        if (state.RemoteEnded)
        {
            Drop(state);
            return SessionError.None;
        }

        if (state.Paced)
        {
            Held += bytes;
            state.Held += bytes;
            state.Unfinished = more ? state.Unfinished + bytes : 0;
            Lend(state);
        }
        else
        {
            state.Ungranted += bytes;
        }

        Debug.Assert(FindInexact(state) is null, FindInexact(state));
        return TakeGrant(state, out var grant)
            ? Answer(FrameKind.Credit, state.Id, grant, out detail)
            : SessionError.None;
    }

    /// <summary>The consumer of a paced stream has taken bytes; true when a grant was queued.</summary>
    public bool Consume(StreamState state, int bytes)
    {
        if (state.Phase == StreamPhase.Ended || state.RemoteEnded)
        {
            return false;
        }

        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes, state.Held - state.Unfinished);
        Held -= bytes;
        state.Held -= bytes;
        var paid = Math.Min(bytes, state.Lent);
        state.Lent -= paid;
        state.Ungranted += bytes - paid;
        Lend(state);
        Debug.Assert(FindInexact(state) is null, FindInexact(state));
        if (!TakeGrant(state, out var grant))
        {
            return false;
        }

        // Not counted as an answer: with what is granted and not sent yet there are four at most for each stream.
        scheduler.Control.Add(FrameKind.Credit, state.Id, new ControlPayload(0, grant));
        return true;
    }

    /// <summary>The peer's half, or the stream, is over: nothing is granted to it any more.</summary>
    public void Drop(StreamState state)
    {
        Held -= state.Held;
        state.Held = state.Unfinished = state.Lent = 0;
    }

    /// <summary>What is wrong with the connection's credit, for people; null when it is exact.</summary>
    public string? FindInexact() => Left + _ungranted == options.ConnectionWindowBytes
        ? null
        : $"Connection: {Left} left + {_ungranted} not granted is not {options.ConnectionWindowBytes}.";

    /// <summary>The same for a stream.</summary>
    public string? FindInexact(StreamState state) =>
        state.Phase != StreamPhase.Open || state.RemoteEnded
        || (state.ReceiveCredit + state.Ungranted + state.Held == options.StreamWindowBytes + state.Lent
            && state.Lent <= state.Held && state.Unfinished <= state.Held && state.Held <= Held)
            ? null
            : $"Stream {state.Id}: {state.ReceiveCredit} left + {state.Ungranted} not granted + {state.Held} held of "
                + $"{Held} is not {options.StreamWindowBytes} + {state.Lent} lent ({state.Unfinished} unfinished).";

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

    private void Lend(StreamState state)
    {
        var lent = state.Unfinished - state.Lent;
        if (lent > 0 && state.Held - state.Unfinished < _quarter)
        {
            state.Lent += lent;
            state.Ungranted += lent;
        }
    }

    private bool TakeGrant(StreamState state, out uint grant)
    {
        grant = (uint)state.Ungranted;
        if (state.Ungranted < _quarter)
        {
            return false;
        }

        state.Ungranted = 0;
        state.ReceiveCredit += grant;
        return true;
    }
}
