namespace NetCore.Bench;

/// <summary>Whether the figures of a cell count, and what to know about them.</summary>
internal static class CellJudge
{
    public const string ClientBound = "client-bound";
    public const string NotSteady = "not steady";

    /// <summary>How the reason or the remark starts when others have used the cores.</summary>
    public const string Disturbed = "disturbed: ";

    /// <summary>How the reason starts when a server held more than it may.</summary>
    public const string OverBound = "over its bound: ";

    // A server that has a sixth of its core left could have done more; a client that has a twentieth left could not.
    private const double BusyServer = 0.85;
    private const double BusyClient = 0.95;

    /// <summary>Why the figures do not count; null when they do.</summary>
    /// <param name="scenario">
    /// Only figures of throughput are discarded, but for a server that has held more memory than it may: that is a
    /// defect, and it may be why it was fast.
    /// </param>
    /// <param name="kind">
    /// All echoes share one load generator, whose limit says nothing about them. The client of a contestant of calls or
    /// topics is its own, and its limit is a result.
    /// </param>
    /// <param name="figures">What was measured.</param>
    public static string? Discard(Scenario scenario, ContestantKind kind, CellFigures figures)
    {
        if (figures.Held is { IsWithin: false } held)
        {
            return $"{OverBound}the server holds {held}";
        }

        if (!scenario.IsThroughput)
        {
            return null;
        }

        if (kind is not (ContestantKind.Rpc or ContestantKind.Topics) && IsClientBound(figures))
        {
            return FormattableString.Invariant($"{ClientBound}: the load generator was {figures.ClientBusy:P0} busy, ")
                + FormattableString.Invariant($"the server {figures.ServerBusy:P0}");
        }

        return figures.Disturbance.Reason is { } reason ? Disturbed + reason : null;
    }

    /// <summary>What to know about figures that count.</summary>
    /// <param name="scenario">What was measured.</param>
    /// <param name="figures">The figures.</param>
    /// <param name="peak">Of which an open loop takes a share; 0 when none was measured in this round.</param>
    public static IReadOnlyList<string> Labels(Scenario scenario, CellFigures figures, double peak)
    {
        var labels = new List<string>();
        if (scenario.IsThroughput && IsClientBound(figures))
        {
            labels.Add(ClientBound);
        }

        if (peak <= 0 && Scenarios.PeakOf(scenario) is { } missing)
        {
            labels.Add($"share of its own warm-up, because {missing} has no figure in this round");
        }

        if (!figures.WarmUp.Steady)
        {
            labels.Add(NotSteady);
        }

        // Collecting its garbage before it looks, the suite itself would be taken for another program.
        if (figures.Disturbance.Reason is { } reason && scenario.Traffic != Traffic.Idle)
        {
            labels.Add(Disturbed + reason);
        }

        return labels;
    }

    /// <summary>Whether repeating the cell may help.</summary>
    public static bool IsWorthRepeating(Scenario scenario, CellFigures figures) =>
        scenario.Traffic != Traffic.Idle && figures.Disturbance.Reason is not null;

    private static bool IsClientBound(CellFigures figures) =>
        figures.ServerBusy < BusyServer && figures.ClientBusy > BusyClient;
}
