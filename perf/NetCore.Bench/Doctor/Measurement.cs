using NetCore.Core;

namespace NetCore.Bench.Doctor;

/// <summary>Something that was timed.</summary>
/// <param name="Name">What.</param>
/// <param name="MedianNs">Half of the samples took no longer; null when it could not be measured.</param>
/// <param name="P99Ns">99 of 100 took no longer.</param>
/// <param name="Reason">Why it could not be measured, or what it is good for.</param>
internal sealed record Measurement(string Name, double? MedianNs, double? P99Ns, string? Reason)
{
    public static Measurement Of(string name, LatencyHistogram nanoseconds, string? reason = null) =>
        new(name, nanoseconds.ValueAt(50), nanoseconds.ValueAt(99), reason);

    public static Measurement Unknown(string name, string reason) => new(name, null, null, reason);

    /// <summary>What <paramref name="measure"/> gives, or unknown with the words of what it threw.</summary>
    public static Measurement Try(string name, Func<Measurement> measure)
    {
        try
        {
            return measure();
        }
        catch (Exception e)
        {
            return Unknown(name, e.Message);
        }
    }
}
