namespace NetCore.Session;

/// <summary>How a stream ended when this side did not reset it.</summary>
/// <param name="Kind">How.</param>
/// <param name="Code">The peer's code; meaningful for <see cref="StreamEndKind.ResetByPeer"/>.</param>
/// <param name="Sent">True when at least one of its frames has been handed to the connection.</param>
/// <param name="Close">How the session ended; meaningful for <see cref="StreamEndKind.SessionClosed"/>.</param>
public readonly record struct StreamEnd(StreamEndKind Kind, ResetCode Code, bool Sent, SessionClose Close);
