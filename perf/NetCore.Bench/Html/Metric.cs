namespace NetCore.Bench.Html;

/// <summary>The figure that a scenario is about.</summary>
internal enum Metric
{
    /// <summary>Operations a second; more is better.</summary>
    Rate,

    /// <summary>Median latency; less is better.</summary>
    Latency,

    /// <summary>Gigabytes a second; more is better.</summary>
    Bandwidth,

    /// <summary>Bytes of memory for a connection; less is better.</summary>
    Memory,
}
