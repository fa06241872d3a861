namespace NetCore.Native.Uring;

/// <summary>A ring, or why there is none.</summary>
/// <param name="Ring">The ring, owned by who asked; null with a refusal.</param>
/// <param name="Refusal">Why there is none.</param>
/// <param name="Error">The error behind the refusal, if there is one.</param>
/// <param name="Reason">Which set-up was taken, or what was refused, in words for a log.</param>
internal sealed record RingSetup(Ring? Ring, RingRefusal Refusal, Errno Error, string Reason);
