using NetCore.Framing;

namespace NetCore.Session.Internal;

/// <summary>A control frame that waits to be sent.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="IsAnswer">The peer caused it; the queue counts these.</param>
/// <param name="StreamId">The stream, or 0 for the connection.</param>
/// <param name="Payload">What it says.</param>
internal readonly record struct ControlFrame(
    FrameKind Kind, bool IsAnswer, ulong StreamId, ControlPayload Payload);
