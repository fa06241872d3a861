using NetCore.Framing;

namespace NetCore.Session.Internal;

/// <summary>Control frames that wait to be sent; they go before all others.</summary>
/// <remarks>
/// What the peer causes is counted and bounded. What this side says by itself is bounded by nature: one hello, two
/// GOAWAYs, a ping at a time, and one reset for each stream that was open, none of which opens while output is stuck.
/// </remarks>
internal struct ControlQueue
{
    // Mostly no more than one waits: the queue is made when a second one does.
    private ControlFrame _first;
    private Queue<ControlFrame>? _more;
    private int _answers;
    private bool _any;

    public readonly bool IsEmpty => !_any;

    /// <summary>Queues a frame of this side's own accord.</summary>
    public void Add(FrameKind kind, ulong streamId, ControlPayload payload) =>
        Enqueue(new ControlFrame(kind, IsAnswer: false, streamId, payload));

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
        Enqueue(new ControlFrame(kind, IsAnswer: true, streamId, payload));
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
        var frame = _first;
        _first = default;
        _any = _more?.TryDequeue(out _first) == true;
        _answers -= frame.IsAnswer ? 1 : 0;
        return new OutFrame
        {
            Header = new FrameHeader(
                0, frame.Kind, FrameFlags.None, UpperProtocol.None, FrameClass.Call, frame.StreamId),
            Control = frame.Payload,
        };
    }

    /// <summary>
    /// Drops everything but a hello that has not gone out: without it the peer understands no other frame.
    /// </summary>
    public void Clear()
    {
        _more = null;
        _answers = 0;
        if (!IsEmpty && _first.Kind != FrameKind.Hello)
        {
            _any = false;
            _first = default;
        }
    }

    /// <summary>Gives back what a burst has made it grow.</summary>
    public void Trim()
    {
        if (IsEmpty)
        {
            _more = null;
        }
    }

    private void Enqueue(in ControlFrame frame)
    {
        if (IsEmpty)
        {
            _any = true;
            _first = frame;
        }
        else
        {
            (_more ??= new Queue<ControlFrame>()).Enqueue(frame);
        }
    }
}
