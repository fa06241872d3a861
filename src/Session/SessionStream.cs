using NetCore.Session.Internal;

namespace NetCore.Session;

/// <summary>One stream of a session; the floors above derive their calls from it.</summary>
/// <remarks>
/// A stream ends exactly once: by <see cref="OnEnded"/>, or by a <see cref="PeerSession.TryReset"/> that answers true,
/// and then <see cref="OnEnded"/> does not come. After that the object may be used for another stream.
/// </remarks>
public abstract class SessionStream
{
    /// <summary>
    /// Number on the wire: zero until its first frame enters a send batch; never used twice in a session.
    /// </summary>
    public ulong Id => State.Id;

    /// <summary>
    /// Tells the uses of a pooled object apart: whoever reuses it changes this first, so that a late
    /// <see cref="PeerSession.TryReset"/> for an earlier use does nothing.
    /// </summary>
    public long Life { get; protected set; }

    /// <summary>
    /// When the session ends the stream by <see cref="StreamEndKind.DeadlineExceeded"/> if it is still open, on the
    /// world's timers; to be set before it is opened. By default never. Streams of the peer have none. At that
    /// millisecond or later: after the receive callback that is under way, and after a pause when thousands wait.
    /// </summary>
    public long Deadline { get; set; } = long.MaxValue;

    /// <summary>
    /// True: the credit of a message that does not end the peer's half returns by <see cref="PeerSession.Consume"/> and
    /// not when it has been handed over, so that a slow consumer slows its producer down and nobody else; and what this
    /// side sends may wait for the peer's consumer without limit. Fixed when the object is made. Default: false.
    /// </summary>
    public bool IsPaced { get; protected init; }

    // The session's gate guards it.
    internal StreamState State { get; } = new();

    /// <summary>
    /// A whole message of the peer arrived. Messages of one session never overlap, nor callbacks of one stream.
    /// </summary>
    /// <remarks>May run beside or shortly after a reset by another thread: compare before acting.</remarks>
    protected internal abstract void OnMessage(in IncomingMessage message);

    /// <summary>
    /// The stream ended, not by this side's reset. After the last <see cref="OnMessage"/>; on any thread.
    /// </summary>
    protected internal abstract void OnEnded(in StreamEnd end);

    /// <summary>
    /// Of a paced stream: a frame of a message that is not its last goes to the connection now. Not under the gate, on
    /// the thread that sends; shortly after an end too.
    /// </summary>
    /// <param name="bytes">Of the message.</param>
    protected internal virtual void OnFramed(int bytes)
    {
    }
}
