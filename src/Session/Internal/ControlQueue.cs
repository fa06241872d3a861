using NetCore.Framing;

namespace NetCore.Session.Internal;

/// <summary>Control frames that wait to be sent, bounded; they go before all others.</summary>
internal sealed class ControlQueue
{
    private readonly Queue<OutFrame> _frames = new(4);

    public bool IsEmpty => _frames.Count == 0;

    /// <summary>False when the queue is full: the peer causes answers and does not read them.</summary>
    public bool TryAdd(FrameKind kind, ulong streamId, ControlPayload payload)
    {
        if (_frames.Count == SessionLimits.MaxQueuedControlFrames)
        {
            return false;
        }

        _frames.Enqueue(new OutFrame
        {
            Header = new FrameHeader(0, kind, FrameFlags.None, UpperProtocol.None, FrameClass.Call, streamId),
            Control = payload,
        });
        return true;
    }

    public OutFrame Take() => _frames.Dequeue();

    public void Clear() => _frames.Clear();
}
