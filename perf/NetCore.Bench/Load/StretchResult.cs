namespace NetCore.Bench;

/// <summary>What a stretch of load came to.</summary>
/// <param name="Operations">Requests answered, writes done, connections made.</param>
/// <param name="Bytes">Payload bytes that were sent.</param>
/// <param name="Seconds">From the first request to the last answer.</param>
internal readonly record struct StretchResult(long Operations, long Bytes, double Seconds)
{
    public double PerSecond => Seconds > 0 ? Operations / Seconds : 0;
}
