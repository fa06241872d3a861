namespace NetCore.Bench.Tests;

public class CompareTests
{
    [Theory]
    [InlineData(new double[] { 900, 910, 920 }, 1)]
    [InlineData(new double[] { 900, 910, 975 }, 0)]
    [InlineData(new double[] { 969, 969, 969 }, 1)]
    [InlineData(new double[] { 971, 971, 971 }, 0)]
    [InlineData(new double[] { 1500, 1500, 1500 }, 0)]
    public void It_fails_when_the_whole_interval_of_a_throughput_is_below_0_97(double[] after, int exitCode) =>
        Assert.Equal(exitCode, Compare(Samples.Rounds(1000, 1000, 1000), Samples.Rounds(after)));

    [Fact]
    public void Discarded_cells_say_nothing()
    {
        var after = Samples.Rounds(1000, 1000, 1000).Append(Samples.Cell(4, 1) with { Discarded = "disturbed" });
        Assert.Equal(ExitCode.Success, Compare(Samples.Rounds(1000, 1000, 1000), after));
    }

    [Fact]
    public void A_slower_contestant_fails_also_beside_a_faster_one()
    {
        var before = Samples.Rounds(1000, 1000).Concat(Others(1000));
        var after = Samples.Rounds(2000, 2000).Concat(Others(500));
        Assert.Equal(ExitCode.Failed, Compare(before, after));

        static IEnumerable<ReportCell> Others(double rate) =>
            Samples.Rounds(rate, rate).Select(static cell => cell with { Contestant = "other" });
    }

    [Fact]
    public void Reports_without_a_common_cell_cannot_be_compared()
    {
        var other = Samples.Rounds(1000).Select(static cell => cell with { Scenario = "1x64" });
        Assert.Throws<UsageException>(() => Compare(Samples.Rounds(1000), other));
    }

    [Fact]
    public void It_takes_two_files() => Assert.Throws<UsageException>(() => CompareCommand.Execute(["a.json"]));

    [Fact]
    public void A_file_that_is_not_there_is_named()
    {
        var error = Assert.Throws<UsageException>(() => CompareCommand.Execute(["/nowhere/a.json", "/nowhere/b.json"]));
        Assert.Contains("/nowhere/a.json", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_report_is_named()
    {
        using var file = new TemporaryFile("{}");
        var error = Assert.Throws<UsageException>(() => CompareCommand.Execute([file.Path, file.Path]));
        Assert.Contains(file.Path, error.Message, StringComparison.Ordinal);
    }

    private static int Compare(IEnumerable<ReportCell> before, IEnumerable<ReportCell> after)
    {
        using var first = new TemporaryFile(ReportJson.Write(Samples.Report(before)));
        using var second = new TemporaryFile(ReportJson.Write(Samples.Report(after)));
        return CompareCommand.Execute([first.Path, second.Path]);
    }
}
