namespace NetCore.Bench.Tests;

/// <summary>Cells and reports with figures that are easy to calculate with.</summary>
internal static class Samples
{
    public static ReportCell Cell(int round, double opsPerSecond) => new()
    {
        Scenario = "64x1",
        Contestant = "ours",
        Round = round,
        OpsPerSecond = opsPerSecond,
        P50Us = 1e6 / opsPerSecond,
        P99Us = 2e6 / opsPerSecond,
        ServerCpuUsPerOp = 1,
    };

    public static IEnumerable<ReportCell> Rounds(params double[] opsPerSecond) =>
        opsPerSecond.Select(static (rate, index) => Cell(index + 1, rate));

    public static ReportFile Report(params IEnumerable<ReportCell> cells) =>
        new() { Machine = new ReportMachine { Cpu = "a CPU" }, Cells = [.. cells] };

    public static CellFigures Figures(double clientBusy, double serverBusy, Disturbance? disturbance = null) => new(
        new WarmUpResult(1, 1000, 0.01, true),
        new LoadResult
        {
            Operations = 1000, Seconds = 1, Usage = new ProcessUsage { CpuMicroseconds = clientBusy * 1e6 },
        },
        new ProcessUsage { CpuMicroseconds = serverBusy * 1e6 },
        disturbance ?? Disturbance.None);
}
