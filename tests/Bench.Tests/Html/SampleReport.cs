namespace NetCore.Bench.Tests.Html;

/// <summary>A report with everything that can be in one: invented figures, always the same.</summary>
internal static class SampleReport
{
    public const string Hostile = "<script>document.title='hit'</script>\"'&";

    // Name, microseconds of a ping-pong, operations a second of many, CPU of server and client, bytes of both.
    private static readonly (string Name, double Us, double Rate, double Cpu, double Bytes)[] Echoes =
    [
        ("floor", 33, 184_000, 5.4, 0), ("socket", 43, 76_000, 14.1, 260), ("socket-inline", 38, 131_000, 7.4, 140),
        ("kestrel", 46, 83_000, 12.3, 310), ("netcore-echo", 36, 158_000, 6.1, 0),
        ("netcore-echo-epoll-adaptive", 30, 161_000, 5.9, 0),
    ];

    private static readonly (string Name, double Us, double Rate, double Cpu, double Bytes)[] Calls =
    [
        ("floor-framed", 35, 1_830_000, 0.41, 0), ("grpc", 240, 20_100, 52, 7600),
        ("grpc-stream", 80, 30_600, 31, 1700),
        ("streamjsonrpc", 147, 28_000, 48, 2100), ("netcore", 40, 1_390_000, 0.6, 0.4),
        ("netcore-epoll-app-spin-inline-reactor", 30, 1_700_000, 0.5, 0),
    ];

    public static ReportFile Make(int rounds = 3, string? extraContestant = null)
    {
        var cells = new List<ReportCell>();
        for (var round = 1; round <= rounds; round++)
        {
            var noise = new Random(round);
            double Near(double value) => value * (0.94 + (0.12 * noise.NextDouble()));
            foreach (var one in Echoes)
            {
                var us = Near(one.Us);
                cells.Add(Cell("ping-pong-32", one.Name, round, 1e6 / us, us, one.Cpu * 4, one.Bytes)
                    with { WaitMode = "block, kept awake" });
                cells.Add(Cell("64x1", one.Name, round, Near(one.Rate), 64e6 / Near(one.Rate), one.Cpu, one.Bytes));
                cells.Add(Cell("bulk-64k", one.Name, round, Near(one.Rate) / 5, 0, one.Cpu * 4, one.Bytes) with
                {
                    GbPerSecond = Near(one.Rate) / 75_000, Curve = [],
                    Discarded = one.Name == "socket" && round == 2
                        ? "client-bound: the load generator was 97 % busy, the server 80 %" : null,
                });
                cells.AddRange(OpenLoop(one.Name, one.Rate, Near(one.Us), round));
                cells.Add(Cell("idle-1000", one.Name, round, 0, 0, 0, 0) with
                {
                    Curve = [], ServerBytesPerConnection = Near(800 + (one.Bytes * 18)),
                    ServerManagedBytesPerConnection = Near(700 + (one.Bytes * 18)),
                    ClientManagedBytesPerConnection = Near(300),
                });
            }

            foreach (var one in Calls)
            {
                cells.Add(Cell("1x64", one.Name, round, Near(one.Rate), 64e6 / Near(one.Rate), one.Cpu, one.Bytes) with
                {
                    Labels = one.Name == "netcore" ? ["client-bound"] : [],
                });
            }

            if (extraContestant is not null)
            {
                cells.Add(Cell("1x64", extraContestant, round, 1000, 100, 1, 1) with { Labels = [extraContestant] });
                cells.Add(Cell(extraContestant, extraContestant, round, 1, 1, 1, 1)
                    with { Discarded = extraContestant });
            }
        }

        return new ReportFile
        {
            Machine = Machine(rounds), Commit = "a1b2c3d4", Dirty = true, Cells = cells, Ratios = [.. Ratios(cells)],
        };
    }

    private static ReportMachine Machine(int rounds) => new()
    {
        Cpu = "Invented 9000", Cores = 2, System = "Debian GNU/Linux 12, Linux 6.18 (X64)", Runtime = ".NET 10.0.12",
        Build = "release", Collector = "workstation", ServerCore = 0, ClientCore = 1, Processors = 1,
        PoolSpin = "default", KeptAwake = "latency", KeptAwakeReason = "it is faster so, as was tried",
        MeasuredSeconds = 4, Rounds = rounds, Arguments = "run --quick",
        At = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
    };

    private static IEnumerable<ReportCell> OpenLoop(string name, double peak, double us, int round)
    {
        foreach (var percent in new[] { 50, 80, 95 })
        {
            var load = percent / 100.0;
            var waiting = us * load * load / (1.02 - load) / 8;
            yield return Cell($"open-{percent}", name, round, peak * load, us + waiting, 8, 0)
                with { LoadShare = load, OfferedPerSecond = peak * load, WaitMode = "block, kept awake" };
        }
    }

    private static ReportCell Cell(
        string scenario, string contestant, int round, double rate, double us, double cpu, double bytes) => new()
        {
            Scenario = scenario, Contestant = contestant, Round = round, OpsPerSecond = rate,
            P50Us = us, P90Us = us * 1.4, P99Us = us * 3, P999Us = us * 9, MaxUs = us * 60,
            ClientCpuUsPerOp = cpu * 0.8, ServerCpuUsPerOp = cpu, ClientAllocatedBytesPerOp = bytes * 0.85,
            ServerAllocatedBytesPerOp = bytes * 0.15, ContextSwitchesPerOp = cpu / 40, GcCounts = [3, 1, 0],
            WaitMode = "block", ClientBusy = 0.7, ServerBusy = 0.97, WarmUpSeconds = 4.5, Steady = true,
            Curve = us > 0 ? [.. Points(us)] : [],
        };

    private static IEnumerable<CurvePoint> Points(double us)
    {
        for (var step = 0; step < 36; step++)
        {
            var depth = step / 2.0;
            var factor = 0.7 + (0.3 * depth) + Math.Pow(depth / 8, 4);
            yield return new CurvePoint(100 * (1 - Math.Pow(0.5, depth)), us * factor);
        }

        yield return new CurvePoint(100, us * 60);
    }

    private static IEnumerable<ReportRatio> Ratios(List<ReportCell> cells) =>
        from scenario in cells.Where(static cell => cell.Discarded is null).GroupBy(static cell => cell.Scenario)
        from own in scenario.GroupBy(static cell => cell.Contestant)
        from other in scenario.GroupBy(static cell => cell.Contestant)
        where own.Key != other.Key
        let rate = Over(own, other, static cell => cell.OpsPerSecond)
        let p50 = Over(own, other, static cell => cell.P50Us)
        select new ReportRatio
        {
            Scenario = scenario.Key, Contestant = own.Key, Baseline = other.Key,
            Throughput = rate.Median, ThroughputMin = rate.Min, ThroughputMax = rate.Max,
            P50 = p50.Median, P50Min = p50.Min, P50Max = p50.Max,
        };

    private static Spread Over(
        IEnumerable<ReportCell> own, IEnumerable<ReportCell> other, Func<ReportCell, double> figure) => Spread.Of(
            own.Join(other, static cell => cell.Round, static cell => cell.Round, (a, b) => figure(a) / figure(b))
                .Where(double.IsFinite));
}
