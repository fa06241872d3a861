namespace NetCore.Bench;

/// <summary>The JSON file of a run, schema 1; property names in camel case.</summary>
internal sealed record ReportFile
{
    /// <summary>Readers refuse a number that they do not know; members are only added.</summary>
    public int Schema { get; init; } = 1;

    public required ReportMachine Machine { get; init; }

    /// <summary>Of the sources that the tool was built from; empty when unknown.</summary>
    public string Commit { get; init; } = "";

    /// <summary>The working tree had changes that are not in that commit.</summary>
    public bool Dirty { get; init; }

    public IReadOnlyList<ReportCell> Cells { get; init; } = [];

    public IReadOnlyList<ReportRatio> Ratios { get; init; } = [];
}
