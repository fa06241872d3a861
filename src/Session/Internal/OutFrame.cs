using NetCore.Framing;

namespace NetCore.Session.Internal;

/// <summary>One frame that was chosen to be sent; its bytes are written after the gate is released.</summary>
internal struct OutFrame
{
    public FrameHeader Header;

    /// <summary>Payload of a stream frame; whoever writes the frame releases it.</summary>
    public MessagePart Part;

    /// <summary>Payload of a control frame.</summary>
    public ControlPayload Control;

    /// <summary>The paced stream that is to be told of the frame; null when nobody waits to hear of it.</summary>
    public SessionStream? Framed;

    /// <summary>The stream that has ended in order with this frame; null when it goes on.</summary>
    public SessionStream? Completed;
}
