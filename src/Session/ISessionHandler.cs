using NetCore.Framing;

namespace NetCore.Session;

/// <summary>
/// What a session needs to know from the floor above. Callbacks must be short; one that throws aborts its session.
/// </summary>
public interface ISessionHandler
{
    /// <summary>The peer opens a stream: gives the object that will serve it, or null to refuse.</summary>
    /// <remarks>
    /// Runs under the session's gate: take an object from a pool and nothing else, call nothing of the session.
    /// </remarks>
    SessionStream? OnOpening(PeerSession session, UpperProtocol protocol);

    /// <summary>A batch of received frames has been handed out; what it wants to post in one go it posts now.</summary>
    void OnBatchEnd(PeerSession session);

    /// <summary>The session has ended and all its streams before it. Exactly once, the last callback.</summary>
    void OnClosed(PeerSession session, in SessionClose close);
}
