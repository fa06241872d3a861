using NetCore.Framing;
using NetCore.Transport;

namespace NetCore.Session.Internal;

/// <summary>Translates what other layers report into this one's words, a reason per case.</summary>
internal static class SessionMessages
{
    /// <summary>
    /// A frame that cannot be decoded. Before the hello it means that the peer speaks something else.
    /// </summary>
    public static SessionClose OfFrame(FrameStatus status, bool established)
    {
        if (!established)
        {
            return new SessionClose(
                SessionError.NotThisProtocol,
                false,
                $"The peer's first bytes are no hello of this protocol ({status}). Is it another kind of peer?");
        }

        var error = status switch
        {
            FrameStatus.PayloadTooLarge => SessionError.FrameTooLarge,
            FrameStatus.ChecksumMismatch => SessionError.BadChecksum,
            FrameStatus.DecompressionFailed => SessionError.BadCompression,
            _ => SessionError.BadFrame,
        };
        return new SessionClose(error, false, $"A frame cannot be read: {status}.");
    }

    /// <summary>The connection closed below the session.</summary>
    public static SessionClose OfConnection(in ConnectionClose close) => close.Error switch
    {
        // Both directions ended without a GOAWAY: the peer's process went away in an orderly fashion.
        TransportError.None => new SessionClose(SessionError.ConnectionLost, false, "The peer closed the connection."),
        TransportError.Aborted => new SessionClose(SessionError.Aborted, false, close.Detail),
        TransportError.ReceiverFailed or TransportError.SourceFailed =>
            new SessionClose(SessionError.HandlerFailed, false, close.Exception?.Message ?? close.Detail),
        _ => new SessionClose(SessionError.ConnectionLost, false, close.Detail ?? close.Error.ToString()),
    };

    /// <summary>The clock found the session dead, stuck or overdue.</summary>
    public static SessionClose OfAction(LivenessAction action) => action switch
    {
        LivenessAction.HandshakeTimeout =>
            new SessionClose(SessionError.HandshakeTimeout, false, "The peer sent no hello in time."),
        LivenessAction.PeerDead =>
            new SessionClose(SessionError.PeerDead, false, "The peer did not answer a ping."),
        LivenessAction.FrameTimeout =>
            new SessionClose(SessionError.FrameTimeout, false, "The peer began a frame and did not finish it."),
        LivenessAction.SlowConsumer =>
            new SessionClose(SessionError.SlowConsumer, false, "The peer does not read what waits for it."),
        _ => new SessionClose(SessionError.Aborted, false, "It did not end in order within its time."),
    };

    /// <summary>A call of this side met the bound of the send queue.</summary>
    public static SessionClose QueueOverrun { get; } =
        new(SessionError.SlowConsumer, false, "More than the send queue holds waits for the peer.");

    /// <summary>This side reset streams of the peer faster than the peer reads.</summary>
    public static SessionClose ResetOverrun { get; } =
        new(SessionError.TooManyControlFrames, false, "Resets wait and the peer does not read them.");

    public static string WhyNotEstablished(in SessionClose close, TransportAddress remote)
    {
        var what = close.Error switch
        {
            SessionError.HandshakeTimeout => "it sent no hello in time",
            SessionError.ConnectionLost => "it closed the connection before its hello",
            _ => $"{close.Error}",
        };
        var who = close.ByPeer ? "the peer refused" : "the handshake failed";
        return $"No session with {remote}: {who}, {what}. {close.Detail} "
            + "Check that the address is that of a NetCore server of a compatible version.";
    }
}
