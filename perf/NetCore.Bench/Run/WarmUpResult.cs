namespace NetCore.Bench;

/// <summary>How the warm-up went.</summary>
/// <param name="Seconds">How long it took.</param>
/// <param name="Rate">Operations a second over the last three windows.</param>
/// <param name="Spread">By how much those differ, as a share of the largest; 1 when there were fewer.</param>
/// <param name="Steady">The rate had settled.</param>
internal sealed record WarmUpResult(double Seconds, double Rate, double Spread, bool Steady);
