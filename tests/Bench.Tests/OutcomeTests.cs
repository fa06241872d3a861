namespace NetCore.Bench.Tests;

public class OutcomeTests
{
    private const string Busy = CellJudge.Disturbed + "60 % CPU of other programs, 0 % stolen";

    private static readonly ReportCell Good = Samples.Cell(1, 1000);

    [Fact]
    public void A_run_in_which_something_counts_is_a_success()
    {
        var outcome = Of(null, Busy, CellReport.RepeatedPrefix + Busy);
        Assert.False(outcome.IsFailure);
        Assert.DoesNotContain(outcome.Hints, static hint => hint.Contains("No cell", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Busy)]
    [InlineData(CellReport.NotWarmPrefix + "after 4 s")]
    [InlineData(CellJudge.ClientBound + ": 99 %")]
    public void A_run_in_which_nothing_counts_is_a_failure(string reason)
    {
        var outcome = Of(reason, Busy);
        Assert.True(outcome.IsFailure);
        Assert.Equal("No cell counts: the run has no figures.", outcome.Hints.Last());
    }

    [Theory]
    [InlineData(CellReport.FailedPrefix + "it died")]
    [InlineData(CellJudge.OverBound + "the server holds 2 of 1")]
    public void A_cell_that_fails_is_a_failure_of_the_run(string reason) => Assert.True(Of(null, reason).IsFailure);

    [Fact]
    public void Cells_are_counted_as_they_were_planned()
    {
        var hints = Of(
            CellReport.RepeatedPrefix + Busy, Busy,
            CellReport.RepeatedPrefix + Busy, Busy,
            CellReport.NotWarmPrefix + "after 4 s", null).Hints.ToList();
        Assert.StartsWith("1 of 4 cells were not started", hints[0]);
        Assert.Equal(
            "2 of 4 cells were disturbed by other programs: stop them, see \"Tune a box\" in docs/performance.md, "
                + "or take --retries 3.",
            hints[1]);
        Assert.Equal(2, hints.Count);
    }

    private static Outcome Of(params IEnumerable<string?> discarded) =>
        new(discarded.Select(static reason => Good with { Discarded = reason }));
}
