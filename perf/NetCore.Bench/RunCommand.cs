using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace NetCore.Bench;

/// <summary><c>run</c>: all rounds, one after the other, and the tables.</summary>
/// <remarks>
/// Contestants alternate inside each round, and each round starts with another one, so that a slow minute of the
/// machine hits all of them and none has a place of its own.
/// </remarks>
internal sealed class RunCommand(RunOptions options)
{
    // One is the time of a call by itself; 64 is what a busy service has under way on a connection.
    private static readonly int[] Outstandings = [1, 64];

    private readonly List<Cell> _cells = [];
    private readonly Machine _machine = Machine.Describe();
    private readonly Cores _cores = Cores.Choose();

    public int Execute()
    {
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.Cancel();
        }

        PrintHead();
        var interrupted = false;
        try
        {
            RunRounds(stop.Token);
        }
        catch (OperationCanceledException)
        {
            interrupted = true;
            Console.WriteLine("Interrupted; what is complete follows.");
        }

        new Report(_cells, options.Contestants).Print(Outstandings);
        WriteJson();
        return interrupted ? ExitCode.Interrupted
            : _cells.Exists(static cell => cell.Failed) ? ExitCode.Failed : ExitCode.Success;
    }

    private void RunRounds(CancellationToken stop)
    {
        using var spinners = options.NoHalt ? Spinners.Start(_cores, stop) : new Spinners();
        var runner = new CellRunner(options, _cores, spinners, stop);
        var count = options.Contestants.Count;
        for (var round = 1; round <= options.Rounds; round++)
        {
            for (var i = 0; i < count; i++)
            {
                var contestant = options.Contestants[(round - 1 + i) % count];
                foreach (var outstanding in Outstandings)
                {
                    stop.ThrowIfCancellationRequested();
                    var cell = runner.Run(round, contestant, outstanding);
                    _cells.Add(cell);
                    Console.WriteLine(Progress(cell));
                }
            }
        }
    }

    private void PrintHead()
    {
        foreach (var line in _machine.Lines())
        {
            Console.WriteLine(line);
        }

        Console.WriteLine($"cores     {_cores}; {(options.NoHalt ? "kept awake" : "halting when idle")}; "
            + $"each runtime counts {options.Processors}");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"plan      {options.Rounds} rounds of {string.Join(", ", options.Contestants.Select(one => one.Name))}; "
            + $"warm-up {options.WarmUp.TotalSeconds} s and more, measured {options.Measure.TotalSeconds} s"));
        Console.WriteLine();
    }

    private string Progress(Cell cell)
    {
        var start = $"[{_cells.Count,3}/{options.Rounds * options.Contestants.Count * Outstandings.Length}] "
            + $"round {cell.Round} {cell.Contestant,-8} x {cell.Outstanding,-3}";
        if (cell.Load is not { } load)
        {
            return $"{start} FAILED: {cell.Error}";
        }

        var marks = (cell.WarmUp!.Steady ? "" : " (not steady)")
            + (cell.Disturbance?.Reason is null ? "" : " (disturbed)");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{start} {cell.CallsPerSecond,10:N0} calls/s, p50 {load.P50:N1} us, p99 {load.P99:N1} us, "
            + $"{cell.ClientBytesPerCall:N1} + {cell.ServerBytesPerCall:N1} B/call, "
            + $"{cell.ClientCpuPerCall:N1} + {cell.ServerCpuPerCall:N1} us CPU/call{marks}");
    }

    private void WriteJson()
    {
        if (options.JsonFile is { } file)
        {
            File.WriteAllText(file, Json.WritePage(new
            {
                machine = _machine,
                cores = _cores,
                noHalt = options.NoHalt,
                processors = options.Processors,
                warmUpSeconds = options.WarmUp.TotalSeconds,
                measuredSeconds = options.Measure.TotalSeconds,
                at = DateTimeOffset.UtcNow,
                cells = _cells,
            }));
            Console.WriteLine();
            Console.WriteLine($"All cells: {file}");
        }
    }
}
