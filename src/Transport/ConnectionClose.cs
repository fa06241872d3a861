namespace NetCore.Transport;

/// <summary>Why a connection closed.</summary>
/// <param name="Error"><see cref="TransportError.None"/> when both sides ended in order.</param>
/// <param name="Detail">For people; may be null.</param>
/// <param name="Exception">What the operating system or a callback threw; may be null.</param>
public readonly record struct ConnectionClose(TransportError Error, string? Detail = null, Exception? Exception = null);
