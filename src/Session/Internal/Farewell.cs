namespace NetCore.Session.Internal;

/// <summary>How far a session is in ending in order. Guarded by the session's gate.</summary>
/// <remarks>
/// A side that drains ends its output when it has nothing open. A side that only heard of the other's draining waits
/// for the end of its input first, because streams that the other opened before may still be on their way.
/// </remarks>
internal struct Farewell
{
    private SessionError _reason;

    // A SessionClose, boxed: a session that goes on needs no space for it.
    private object? _peerSaid;

    /// <summary>This side takes no new streams and has queued its GOAWAY frame.</summary>
    public bool Draining { get; private set; }

    /// <summary>What the peer said in its first GOAWAY frame; null until it came.</summary>
    public SessionClose? PeerSaid => _peerSaid is SessionClose said ? said : null;

    /// <summary>The peer's output has ended.</summary>
    public bool InputEnded { get; set; }

    /// <summary>The connection was told that nothing more comes from this side.</summary>
    public bool OutputEnded { get; set; }

    /// <summary>New streams have no future.</summary>
    public bool HasBegun => Draining || _peerSaid is not null;

    /// <summary>Nothing can come any more that this side would have to answer, once no stream is open.</summary>
    public bool MayEndOutput => Draining || (_peerSaid is not null && InputEnded);

    /// <summary>
    /// How a session without open streams ends now: in order or by the idle time; null when nobody said so.
    /// </summary>
    public SessionClose? Close =>
        Draining ? new SessionClose(Orderly(_reason), false, null)
        : PeerSaid is { } said ? said with { Error = Orderly(said.Error) } : null;

    public static bool IsOrderly(SessionError error) =>
        error is SessionError.None or SessionError.Draining or SessionError.Idle;

    public void Drain(SessionError reason)
    {
        Draining = true;
        _reason = reason;
    }

    public void OnGoAway(SessionError error, string? detail) => _peerSaid ??= new SessionClose(error, true, detail);

    private static SessionError Orderly(SessionError reason) =>
        reason == SessionError.Draining ? SessionError.None : reason;
}
