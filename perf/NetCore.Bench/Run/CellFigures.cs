namespace NetCore.Bench;

/// <summary>All that was measured of one cell, before it is judged.</summary>
internal sealed record CellFigures(
    WarmUpResult WarmUp, LoadResult Load, ProcessUsage Server, Disturbance Disturbance)
{
    /// <summary>CPU time of the client process over wall time: 1 is a core.</summary>
    public double ClientBusy => Load.Busy;

    /// <summary>Resident memory of the server at the end, its other processes included.</summary>
    public long ServerResidentBytes { get; init; }

    /// <summary>What the server held for its peers at the end; null where it does not count that.</summary>
    public HeldMemory? Held { get; init; }

    public double ServerBusy => Load.Seconds > 0 ? Server.CpuMicroseconds / 1e6 / Load.Seconds : 0;
}
