namespace NetCore.Session;

/// <summary>How a session ended.</summary>
/// <param name="Error">Why.</param>
/// <param name="ByPeer">True when the peer said so in a GOAWAY frame.</param>
/// <param name="Detail">For people; may be null.</param>
public readonly record struct SessionClose(SessionError Error, bool ByPeer, string? Detail);
