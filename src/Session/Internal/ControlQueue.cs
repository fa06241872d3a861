using NetCore.Framing;

namespace NetCore.Session.Internal;

/// <summary>Control frames that wait to be sent; they go before all others.</summary>
/// <remarks>
/// What the peer causes is counted and bounded. What this side says by itself is bounded by nature: one hello, two
/// GOAWAYs, a ping at a time, and one reset for each stream that was open, none of which opens while output is stuck.
/// </remarks>
internal sealed class ControlQueue
{
    private readonly Queue<OutFrame> _frames = new(4);
    private int _answers;

    public bool IsEmpty => _frames.Count == 0;

    /// <summary>Queues a frame of this side's own accord.</summary>
    public void Add(FrameKind kind, ulong streamId, ControlPayload payload) =>
        _frames.Enqueue(Frame(kind, streamId, payload, isAnswer: false));

    /// <summary>
    /// Queues what a frame of the peer makes necessary; false when it causes answers and does not read them.
    /// </summary>
    public bool TryAnswer(FrameKind kind, ulong streamId, ControlPayload payload)
    {
        if (_answers == SessionLimits.MaxQueuedControlFrames)
        {
            return false;
        }

        _answers++;
        _frames.Enqueue(Frame(kind, streamId, payload, isAnswer: true));
        return true;
    }

    /// <summary>
    /// Queues this side's reset of a stream. How many streams of its own are open is bounded, how many the peer opens
    /// is its decision: false when it opens streams and does not read that they are reset.
    /// </summary>
    public bool TryReset(StreamState state, ResetCode code)
    {
        var payload = new ControlPayload(0, (uint)code);
        if (state.Accepted)
        {
            return TryAnswer(FrameKind.Reset, state.Id, payload);
        }

        Add(FrameKind.Reset, state.Id, payload);
        return true;
    }

    public OutFrame Take()
    {
        var frame = _frames.Dequeue();
        _answers -= frame.IsAnswer ? 1 : 0;
        return frame;
    }

    /// <summary>
    /// Drops everything but a hello that has not gone out: without it the peer understands no other frame.
    /// </summary>
    public void Clear()
    {
        var hello = _frames.TryPeek(out var first) && first.Header.Kind == FrameKind.Hello;
        _frames.Clear();
        _answers = 0;
        if (hello)
        {
            _frames.Enqueue(first);
        }
    }

    private static OutFrame Frame(FrameKind kind, ulong streamId, ControlPayload payload, bool isAnswer) => new()
    {
        Header = new FrameHeader(0, kind, FrameFlags.None, UpperProtocol.None, FrameClass.Call, streamId),
        Control = payload,
        IsAnswer = isAnswer,
    };
}
