using NetCore.Bench.Html;

namespace NetCore.Bench.Tests.Html;

public class HtmlTests
{
    [Fact]
    public void Names_and_reasons_are_escaped_wherever_they_stand()
    {
        var page = HtmlReport.Of(SampleReport.Make(extraContestant: SampleReport.Hostile));
        Assert.DoesNotContain("<script>document", page, StringComparison.Ordinal);
        Assert.DoesNotContain("\"'&\"", page, StringComparison.Ordinal);
        Assert.Contains(
            "&lt;script&gt;document.title=&#39;hit&#39;&lt;/script&gt;&quot;&#39;&amp;",
            page,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_names_no_other_place()
    {
        var page = HtmlReport.Of(SampleReport.Make())
            .Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal);
        Assert.All(
            ["http:", "https:", "src=", "@import", "url(", "<link"],
            word => Assert.DoesNotContain(word, page, StringComparison.Ordinal));
    }

    [Fact]
    public void All_parts_are_there()
    {
        var page = HtmlReport.Of(SampleReport.Make());
        Assert.All(
            [
                "Invented 9000", "a1b2c3d4", "dirty", "Method", "Latency by percentile", "Throughput", "&#215; floor",
                "Latency over load", "CPU time of an operation", "Bytes allocated", "Discarded cells",
                "the load generator was 97 % busy", "client-bound",
            "one request of 32 bytes at a time", "Memory of the server",
            ],
            words => Assert.Contains(words, page, StringComparison.Ordinal));
    }

    [Fact]
    public void A_discarded_cell_is_in_no_chart()
    {
        var report = SampleReport.Make(rounds: 1);
        var cells = report.Cells.Select(static cell =>
            cell.Contestant == "grpc" ? cell with { Discarded = "disturbed" } : cell).ToList();
        var page = HtmlReport.Of(report with { Cells = cells });
        Assert.DoesNotContain("class=\"curve\" data-v=\"\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<title>grpc</title>", page, StringComparison.Ordinal);
        Assert.Contains("<td>grpc</td>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_figures_depend_on_is_said_with_its_reason()
    {
        var report = SampleReport.Make();
        Assert.DoesNotContain("not complete", HtmlReport.Of(report), StringComparison.Ordinal);
        var page = HtmlReport.Of(report with { Machine = report.Machine with { CutShort = "it was interrupted" } });
        Assert.Contains("latency: it is faster so, as was tried", page, StringComparison.Ordinal);
        Assert.Contains("not complete: it was interrupted", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_without_cells_is_a_page_too()
    {
        var page = HtmlReport.Of(SampleReport.Make() with { Cells = [], Ratios = [] });
        Assert.Contains("all 0 cells count", page, StringComparison.Ordinal);
        Assert.EndsWith("</html>\n", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Contestants_keep_their_order_when_a_cell_of_one_is_discarded()
    {
        var report = SampleReport.Make();
        string[] Names(ReportFile file) =>
            [.. new ReportView(file).Scenarios[0].Contestants.Select(static one => one.Name)];
        var first = report.Cells.First(static cell => cell.Discarded is null);
        var cells = report.Cells.Select(cell => cell == first ? cell with { Discarded = "disturbed" } : cell).ToList();
        Assert.Equal(Names(report), Names(report with { Cells = cells }));
    }

    [Fact]
    public void A_ratio_of_latencies_is_turned_round_so_that_more_is_better()
    {
        var report = SampleReport.Make() with
        {
            Ratios =
            [
                new ReportRatio
                {
                    Scenario = "ping-pong-32", Contestant = "netcore-echo", Baseline = "kestrel",
                    P50 = 0.5, P50Min = 0.4, P50Max = 0.8, Throughput = 9, ThroughputMin = 9, ThroughputMax = 9,
                },
            ],
        };
        var better = new ReportView(report).Scenarios.Single(one => one.Name == "ping-pong-32")
            .Better("netcore-echo", "kestrel");
        Assert.Equal((2, 1.25, 2.5), (better!.Value.Median, better.Value.Min, better.Value.Max));
    }

    [Fact]
    public void A_curve_is_the_median_of_the_rounds_where_all_of_them_reach()
    {
        ReportCell Round(int round, params CurvePoint[] points) => new()
        {
            Scenario = "s", Contestant = "c", Round = round, Curve = points,
        };
        var curve = Curve.Of(
        [
            Round(1, new CurvePoint(0, 1), new CurvePoint(50, 2), new CurvePoint(100, 9)),
            Round(2, new CurvePoint(0, 3), new CurvePoint(100, 7)),
            Round(3, new CurvePoint(0, 5), new CurvePoint(50, 4), new CurvePoint(100, 8)),
        ]);
        Assert.Equal([0, 100], curve.Select(static point => point.Percentile));
        Assert.Equal((3, 1, 5), (curve[0].Us.Median, curve[0].Us.Min, curve[0].Us.Max));
    }

    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(8.0, 1)]
    [InlineData(1e9, 5)]
    public void A_logarithmic_axis_has_ticks_and_room(double low, double factor)
    {
        var high = low * Math.Pow(10, factor);
        var scale = new LogScale([low, high]);
        Assert.InRange(scale.At(low), 0.001, 0.999);
        Assert.InRange(scale.At(high), 0.001, 0.999);
        Assert.InRange(scale.Ticks().Count(), 1, 12);
        Assert.Equal(scale.Ticks().Order(), scale.Ticks());
        Assert.Equal(0, scale.At(0));
    }

    [Fact]
    public void An_axis_without_values_is_one_too() => Assert.NotEmpty(new LogScale([]).Ticks());

    [Fact]
    public void Figures_have_three_digits_and_a_unit()
    {
        Assert.Equal(["1.49 M/s", "177 k/s", "12.0 /s", "-"], new[] { 1.49e6, 177e3, 12, 0 }.Select(Units.Rate));
        Assert.Equal(["230 ns", "8.40 µs", "1.20 ms", "2.00 s"], new[] { 0.23, 8.4, 1200, 2e6 }.Select(Units.Time));
        Assert.Equal(["0 B", "260 B", "6.35 KiB"], new[] { 0.0, 260, 6500 }.Select(Units.Bytes));
    }
}
