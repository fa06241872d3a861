namespace NetCore.Framing.Internal;

/// <summary>Where a message lies in a buffer, and how much of it goes with the message.</summary>
/// <remarks>Within int, because no codec takes more than <see cref="FramingLimits.MaxCodecMessage"/>.</remarks>
internal readonly record struct FrameExtent(int Start, int Length, int Consumed);
