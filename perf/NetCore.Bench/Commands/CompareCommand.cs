namespace NetCore.Bench;

/// <summary><c>compare</c>: what has changed from one report to the other.</summary>
internal static class CompareCommand
{
    public static int Execute(string[] arguments)
    {
        if (arguments is not [var first, var second])
        {
            throw new UsageException("compare takes two JSON files, the older one first.");
        }

        var (before, after) = (Read(first), Read(second));
        var all = Comparison.Of(before, after);
        if (all.Count == 0)
        {
            throw new UsageException("The two have no scenario and contestant in common that counts in both.");
        }

        Warn(before, after);
        Console.WriteLine($"{second} over {first}: median [95 % interval]; for ops/s above 1 is better, else below");
        Console.WriteLine();
        Console.WriteLine("| scenario | contestant | ops/s | p50 | server CPU/op | |");
        Console.WriteLine("|---|---|---|---|---|---|");
        foreach (var one in all)
        {
            Console.WriteLine($"| {one.Scenario} | {one.Contestant} | {one.Throughput} | {one.P50} | {one.Cpu} "
                + $"| {(one.IsSlower ? "SLOWER" : "")} |");
        }

        return all.Any(static one => one.IsSlower) ? ExitCode.Failed : ExitCode.Success;
    }

    // Exit code 1 is a loss and nothing else: what cannot be compared is a mistake of the command line.
    private static ReportFile Read(string file)
    {
        try
        {
            return ReportJson.Read(File.ReadAllText(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{file} cannot be read: {e.Message}");
        }
        catch (BenchException e)
        {
            throw new UsageException($"{file}: {e.Message} compare takes files of run --json.");
        }
    }

    // Two machines, or two ways to run, differ by more than two versions do.
    private static void Warn(ReportFile before, ReportFile after)
    {
        var (first, second) = (before.Machine, after.Machine);
        void Same(string what, object? one, object? other)
        {
            if (!Equals(one, other))
            {
                Console.WriteLine($"WARNING: {what} differs: {one} and {other}");
            }
        }

        Same("the CPU", first.Cpu, second.Cpu);
        Same("the system", first.System, second.System);
        Same("the runtime", first.Runtime, second.Runtime);
        Same("the build", first.Build, second.Build);
        Same("the pool spin", first.PoolSpin, second.PoolSpin);
        Same("the delay before the last JIT tiers", first.TierDelay, second.TierDelay);
        Same("what kept the cores awake", first.KeptAwake, second.KeptAwake);
        Same("the server's core", first.ServerCore, second.ServerCore);
        Same("the client's core", first.ClientCore, second.ClientCore);
        Same("the number of cores that a runtime counts", first.Processors, second.Processors);
        if (before.Dirty || after.Dirty)
        {
            Console.WriteLine("WARNING: built from a working tree with uncommitted changes.");
        }
    }
}
