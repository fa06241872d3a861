namespace NetCore.Bench;

/// <summary>What has become of the planned cells as a whole.</summary>
internal sealed class Outcome
{
    private readonly IReadOnlyList<ReportCell> _cells;

    /// <param name="cells">All cells of a report; those that were measured again stand in it twice.</param>
    public Outcome(IEnumerable<ReportCell> cells) =>
        _cells = [.. cells.Where(static cell => !IsDiscarded(cell, CellReport.RepeatedPrefix))];

    /// <summary>A cell has failed, or none counts.</summary>
    public bool IsFailure => _cells.All(static cell => cell.Discarded is not null)
        || Count(CellReport.FailedPrefix) + Count(CellJudge.OverBound) > 0;

    /// <summary>What to do about cells that do not count.</summary>
    public IEnumerable<string> Hints
    {
        get
        {
            if (Count(CellReport.NotWarmPrefix) is > 0 and var cold)
            {
                yield return $"{cold} of {_cells.Count} cells were not started: their rate did not settle. "
                    + "When the machine does that to the floor too, its speed wanders: look for other programs, take "
                    + "more rounds (--rounds 9), wait longer (--warmup 8), or measure all the same (--unsteady label).";
            }

            if (Count(CellJudge.Disturbed) is > 0 and var disturbed)
            {
                yield return $"{disturbed} of {_cells.Count} cells were disturbed by other programs: stop them, see "
                    + "\"Tune a box\" in docs/performance.md, or take --retries 3.";
            }

            if (_cells.Count > 0 && _cells.All(static cell => cell.Discarded is not null))
            {
                yield return "No cell counts: the run has no figures.";
            }
        }
    }

    private static bool IsDiscarded(ReportCell cell, string prefix) =>
        cell.Discarded?.StartsWith(prefix, StringComparison.Ordinal) == true;

    private int Count(string prefix) => _cells.Count(cell => IsDiscarded(cell, prefix));
}
