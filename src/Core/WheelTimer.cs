namespace NetCore.Core;

/// <summary>A timer that lives in a <see cref="TimerWheel"/>; allocate it once and schedule it often.</summary>
public sealed class WheelTimer(ITimerTarget target)
{
    // The wheel's lock guards every field below.
    internal WheelTimer? Next;
    internal WheelTimer? Previous;
    internal long DueTick;
    internal long Token;
    internal int Slot = -1;
    internal TimerWheel? Wheel;

    internal ITimerTarget Target { get; } = target ?? throw new ArgumentNullException(nameof(target));
}
