namespace NetCore.Bench;

/// <summary>One point of a percentile curve.</summary>
/// <param name="Percentile">0 to 100; 100 is the maximum.</param>
/// <param name="Us">That share of the operations took no more microseconds.</param>
internal sealed record CurvePoint(double Percentile, double Us);
