using NetCore.Framing;

namespace NetCore.Session.Internal;

/// <summary>One received frame and what the core decided about it.</summary>
internal struct InFrame
{
    public FrameHeader Header;

    /// <summary>Where the payload starts in the received bytes.</summary>
    public int PayloadOffset;

    /// <summary>
    /// Bytes of the message that it carries: the payload's, before compression. Credit is counted in these.
    /// </summary>
    public int MessageBytes;

    /// <summary>Earlier fragments of the message that this frame completes; null when it is whole by itself.</summary>
    public StreamAssembly? Assembly;

    public InAction Action;
    public SessionStream? Stream;

    /// <summary>
    /// The stream's <see cref="StreamState.Resets"/> when this was decided; another one means that it is over.
    /// </summary>
    public int Resets;
    public StreamEnd End;
}
