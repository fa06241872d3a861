using NetCore.Core;

namespace NetCore.Bench;

/// <summary>What a client saw in the measured time.</summary>
internal sealed record LoadResult
{
    public long Operations { get; init; }

    /// <summary>Payload sent.</summary>
    public long Bytes { get; init; }

    /// <summary>From the first request to the last answer.</summary>
    public double Seconds { get; init; }

    public double P50 { get; init; }

    public double P90 { get; init; }

    public double P99 { get; init; }

    public double P999 { get; init; }

    public double Max { get; init; }

    public IReadOnlyList<CurvePoint> Curve { get; init; } = [];

    /// <summary>Requests due in a second; null in a closed loop.</summary>
    public double? OfferedPerSecond { get; init; }

    /// <summary>How the rate settled before, where only one half is run; null in a cell of a run.</summary>
    public WarmUpResult? WarmUp { get; init; }

    /// <summary>What the client process used for all of it.</summary>
    public required ProcessUsage Usage { get; init; }

    /// <summary>CPU time of the client process over wall time: 1 is a core.</summary>
    public double Busy => Seconds > 0 ? Usage.CpuMicroseconds / 1e6 / Seconds : 0;

    public static LoadResult Of(
        StretchResult stretch, LatencyHistogram nanoseconds, ProcessUsage usage, double? offeredPerSecond) => new()
    {
        Operations = stretch.Operations,
        Bytes = stretch.Bytes,
        Seconds = stretch.Seconds,
        P50 = Curves.At(nanoseconds, 50),
        P90 = Curves.At(nanoseconds, 90),
        P99 = Curves.At(nanoseconds, 99),
        P999 = Curves.At(nanoseconds, 99.9),
        Max = Curves.At(nanoseconds, 100),
        Curve = Curves.Of(nanoseconds),
        OfferedPerSecond = offeredPerSecond,
        Usage = usage,
    };
}
