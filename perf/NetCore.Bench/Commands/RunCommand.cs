using System.Globalization;
using System.Runtime.InteropServices;

namespace NetCore.Bench;

/// <summary><c>run</c>: all rounds, one after the other, the tables and the files.</summary>
internal sealed class RunCommand(RunOptions options)
{
    private readonly SourceState _sources = SourceState.Read();
    private readonly PairSettings _settings =
        new(options.Pin ?? Cores.Choose(), options.Processors, options.PoolSpin, options.TierDelay);

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

        // A slip in the patterns is told at once.
        _ = RunPlan.Of(options, KeepAwake.Never, Roster.All);
        if (options.KeepAwake == KeepAwake.Auto)
        {
            Console.WriteLine("Tries first whether a round trip is faster while the cores are kept awake.");
        }

        var awake = AwakeChoice.Of(options.KeepAwake, _settings.Cores);
        var plan = RunPlan.Of(options, awake.Mode, Roster.All);
        var machine = Machine.Describe(options, awake, _settings);
        PrintHead(machine, plan);
        var all = plan.CellsPerRound * options.Rounds;
        IWarmUpSchedule schedule = options.Quick
            ? new QuickSchedule(
                TimeProvider.System, options.WarmUp * 2, options.Measure, plan.Contestants.Count * options.Rounds, all)
            : new PatientSchedule(options.WarmUp);
        var runner = new RoundRunner(plan, options, _settings, schedule, stop.Token);
        var progress = new Progress(all, plan.Contestants.Max(static one => one.Contestant.Name.Length));
        var interrupted = false;
        try
        {
            runner.Run(progress.Print);
        }
        catch (OperationCanceledException)
        {
            interrupted = true;
            Console.WriteLine("Interrupted; what is complete follows.");
        }

        var cutShort = interrupted ? "it was interrupted" : runner.CutShort;
        Finish(machine with { CutShort = cutShort }, plan, runner);
        return interrupted ? ExitCode.Interrupted
            : new Outcome(runner.Cells).IsFailure ? ExitCode.Failed : ExitCode.Success;
    }

    private void Finish(ReportMachine machine, RunPlan plan, RoundRunner runner)
    {
        var report = new ReportFile
        {
            Machine = machine,
            Commit = _sources.Commit,
            Dirty = _sources.Dirty,
            Cells = runner.Cells,
            Ratios = Ratios.Of(runner.Cells),
        };
        new Tables(report, plan).Print();
        if (machine.CutShort is { } reason)
        {
            Console.WriteLine();
            Console.WriteLine($"The run is not complete: {reason}.");
        }

        Outputs.Write(report, options.JsonFile, options.HtmlFile);
    }

    private void PrintHead(ReportMachine machine, RunPlan plan)
    {
        Console.WriteLine($"machine   {machine.Cpu}, {machine.Cores} cores, {machine.System}");
        Console.WriteLine($"runtime   {machine.Runtime}, {machine.Build} build, {machine.Collector} GC");
        Console.WriteLine($"sources   {_sources}");
        Console.WriteLine($"cores     {_settings.Cores}; each runtime counts {options.Processors}");
        Console.WriteLine($"awake     cores kept from halting: {machine.KeptAwake} ({machine.KeptAwakeReason})");
        Console.WriteLine($"pool spin {machine.PoolSpin} (idle workers of the .NET thread pool"
            + $"{(options.PoolSpin ? " spin before they sleep)" : " sleep at once, in every process)")}");
        Console.WriteLine($"tiers     delay before the last tiers of the JIT compiler: {machine.TierDelay}");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"plan      {options.Rounds} rounds of {plan.CellsPerRound} cells, measured "
            + $"{options.Measure.TotalSeconds:0.##} s each; "
            + $"contestants {string.Join(", ", plan.Contestants.Select(static one => one.Contestant.Name))}"));
        if (machine.Build != Machine.ReleaseBuild)
        {
            Console.WriteLine("A DEBUG BUILD: its figures mean nothing. Use -c Release.");
        }

        Console.WriteLine();
    }
}
