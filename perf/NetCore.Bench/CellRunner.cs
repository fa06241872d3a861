namespace NetCore.Bench;

/// <summary>Measures one cell: a fresh pair of processes, warm-up, measured time, figures of both sides.</summary>
/// <remarks>
/// The server is asked when no call is under way, before and after the measured time, so that what it used belongs to
/// exactly the calls that the client counted.
/// </remarks>
internal sealed class CellRunner(RunOptions options, Cores cores, Spinners spinners, CancellationToken stop)
{
    // Start of a runtime and a first connection on a machine that is busy.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public Cell Run(int round, IContestant contestant, int outstanding)
    {
        var dropped = new List<string>();
        while (true)
        {
            var cell = new Cell
            {
                Round = round, Contestant = contestant.Name, Outstanding = outstanding, Dropped = [.. dropped],
            };
            try
            {
                cell = Measure(cell, contestant);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // After Ctrl-C the halves have had their signal too, and that they are gone is no failure.
                stop.ThrowIfCancellationRequested();
                return cell with { Error = e is BenchException ? e.Message : e.ToString() };
            }

            if (cell.Disturbance?.Reason is not { } reason || dropped.Count >= options.Retries)
            {
                return cell;
            }

            dropped.Add(reason);
        }
    }

    private Cell Measure(Cell cell, IContestant contestant)
    {
        using var server = Child.Start(
            $"{contestant.Name} server",
            cores.Server,
            options.Processors,
            "serve", contestant.Name, "--listen", "tcp://127.0.0.1:0");
        var address = server.Expect(ControlLines.Listening, Patience, stop);

        // The first answer makes the serializer build what it needs, which must not count as memory of calls.
        Stats(server);
        using var client = Child.Start(
            $"{contestant.Name} client",
            cores.Client,
            options.Processors,
            "load", contestant.Name, "--connect", address, "--outstanding", $"{cell.Outstanding}", "--control",
            "--warmup", Seconds(options.WarmUp), "--seconds", Seconds(options.Measure));
        var warm = Json.Read<WarmUpResult>(client.Expect(ControlLines.Warm, (options.WarmUp * 4) + Patience, stop));

        var before = Stats(server);
        var spun = spinners.CpuTime;
        var system = SystemLoad.Now();
        client.Send(ControlLines.Go);
        var load = Json.Read<LoadResult>(client.Expect(ControlLines.Result, options.Measure + Patience, stop));
        var systemAfter = SystemLoad.Now();
        var spent = spinners.CpuTime - spun;
        var used = Stats(server).Since(before);
        if (load.Calls == 0)
        {
            throw new BenchException("not one call was answered");
        }

        spent += TimeSpan.FromMicroseconds(load.Usage.CpuMicroseconds + used.CpuMicroseconds);
        return cell with
        {
            WarmUp = warm,
            Load = load,
            Server = used,
            Disturbance = system is null ? null : systemAfter?.Since(system, spent),
        };
    }

    private ProcessUsage Stats(Child server)
    {
        server.Send(ControlLines.AskStats);
        return Json.Read<ProcessUsage>(server.Expect(ControlLines.Stats, Patience, stop));
    }

    private static string Seconds(TimeSpan time) => FormattableString.Invariant($"{time.TotalSeconds:0.###}");
}
