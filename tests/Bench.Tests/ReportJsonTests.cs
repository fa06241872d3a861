using System.Text.Json;

namespace NetCore.Bench.Tests;

public class ReportJsonTests
{
    [Fact]
    public void A_report_survives_the_way_through_its_file()
    {
        var report = Samples.Report(Samples.Cell(1, 1000) with
        {
            Curve = [new CurvePoint(50, 12.5), new CurvePoint(100, 99)],
            SyscallsPerOp = 2.5,
            Labels = ["not steady"],
        }) with
        { Commit = "abc", Dirty = true };
        var text = ReportJson.Write(report);
        Assert.Equal(text, ReportJson.Write(ReportJson.Read(text)));
        var cell = Assert.Single(ReportJson.Read(text).Cells);
        Assert.Equal(12.5, cell.Curve[0].Us);
        Assert.Equal(2.5, cell.SyscallsPerOp);
    }

    // What others parse: members may be added, none of these may change its name.
    [Theory]
    [InlineData("", "schema,machine,commit,dirty,cells,ratios")]
    [InlineData("cells", "scenario,contestant,round,opsPerSecond,p50Us,p90Us,p99Us,p999Us,maxUs,gbPerSecond,"
        + "clientCpuUsPerOp,serverCpuUsPerOp,clientAllocatedBytesPerOp,serverAllocatedBytesPerOp,contextSwitchesPerOp,"
        + "gcCounts,waitMode,syscallsPerOp,discarded")]
    [InlineData("ratios", "scenario,contestant,baseline,throughput,throughputMin,throughputMax,p50,p50Min,p50Max,p99,"
        + "cpu,cpuMin,cpuMax")]
    public void The_members_of_schema_1_have_their_names(string list, string names)
    {
        var cells = new[] { Samples.Cell(1, 1000), Samples.Cell(1, 500) with { Contestant = "other" } };
        var report = Samples.Report(cells) with { Ratios = Ratios.Of(cells) };
        using var document = JsonDocument.Parse(ReportJson.Write(report));
        var element = list.Length == 0 ? document.RootElement : document.RootElement.GetProperty(list)[0];
        Assert.All(names.Split(','), name => Assert.True(element.TryGetProperty(name, out _), name));
        Assert.Equal(1, document.RootElement.GetProperty("schema").GetInt32());
    }

    [Theory]
    [InlineData("{\"schema\":2,\"machine\":{}}")]
    [InlineData("{\"schema\":1}")]
    [InlineData("[]")]
    [InlineData("text")]
    [InlineData("null")]
    public void Anything_else_is_refused(string text) =>
        Assert.Throws<BenchException>(() => ReportJson.Read(text));
}
