namespace NetCore.Bench;

/// <summary>How a warm-up ended.</summary>
/// <param name="Seconds">How long it took.</param>
/// <param name="CallsPerSecond">The rate of its last window.</param>
/// <param name="Steady">False when the rate still moved after three times the time that was asked for.</param>
internal sealed record WarmUpResult(double Seconds, double CallsPerSecond, bool Steady);
