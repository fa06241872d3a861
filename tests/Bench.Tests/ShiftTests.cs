namespace NetCore.Bench.Tests;

public class ShiftTests
{
    [Fact]
    public void Of_three_rounds_each_the_interval_is_the_whole_range()
    {
        var shift = Shift.Of([1, 2, 4], [2, 4, 8]);
        Assert.Equal((2, 0.5, 8), (shift.Median, shift.Min, shift.Max));
    }

    [Fact]
    public void Of_nine_rounds_each_the_outermost_ratios_are_left_out()
    {
        double[] before = [1, 1, 1, 1, 1, 1, 1, 1, 1];
        double[] after = [0.1, 2, 2, 2, 2, 2, 2, 2, 50];
        var shift = Shift.Of(before, after);
        Assert.Equal((2, 2, 2), (shift.Median, shift.Min, shift.Max));
    }

    [Fact]
    public void A_figure_that_does_not_apply_gives_none() => Assert.Equal("-", Shift.Of([0, 0], [0, 0]).ToString());

    [Fact]
    public void Ratios_are_taken_inside_a_round()
    {
        // The machine was half as fast in the second round, and that is nobody's fault.
        var cells = Samples.Rounds(3000, 1500)
            .Concat(Samples.Rounds(1000, 500).Select(static cell => cell with { Contestant = "other" }));
        var ratio = Ratios.Of([.. cells]).Single(static one => one.Contestant == "ours");
        Assert.Equal(("other", 3, 3, 3), (ratio.Baseline, ratio.Throughput, ratio.ThroughputMin, ratio.ThroughputMax));
    }

    [Fact]
    public void A_round_in_which_one_of_both_was_discarded_gives_no_ratio()
    {
        var cells = Samples.Rounds(3000, 1500)
            .Concat(Samples.Rounds(1000, 1).Select(static cell =>
                cell with { Contestant = "other", Discarded = cell.Round == 2 ? "disturbed" : null }));
        var ratio = Ratios.Of([.. cells]).Single(static one => one.Contestant == "ours");
        Assert.Equal((3, 3), (ratio.ThroughputMin, ratio.ThroughputMax));
    }
}
