namespace NetCore.Bench;

/// <summary>The help text.</summary>
internal static class Usage
{
    private const string Text = """
        Measures calls of 32 bytes between two processes, over TCP on the loopback.

        NetCore.Bench run [options]             the whole measurement: starts pairs of processes, prints tables
          --rounds N          rounds; every contestant runs once in each (default 3; take 9 for a decision)
          --seconds S         measured time of a cell (default 4)
          --warmup S          least warm-up of a cell; goes on up to three times as long until steady (default 4)
          --contestant NAME   only this one; may be repeated (default: all)
          --retries N         repeats of a cell that other programs disturbed (default 1)
          --processors N      cores that the runtime of each half believes to have (default 1, which it is pinned to)
          --no-halt           keeps the cores from halting: an idle-priority spinner on each while it measures
          --json FILE         writes every cell to FILE

        NetCore.Bench serve NAME --listen URI [--core N]
          one half alone. Prints 'listening URI'. The line 'stats' on standard input is answered with CPU time and
          allocated bytes so far; end of input, SIGINT or SIGTERM stop it.

        NetCore.Bench load NAME --connect URI [--outstanding N] [--warmup S] [--seconds S] [--core N] [--control]
          the other half: N calls under way at once (default 1). Prints 'warm ...' and 'result ...'. With --control it
          waits for the line 'go' on standard input in between.

        A URI is tcp://ADDRESS:PORT; port 0 picks a free one.
        Exit codes: 0 fine, 1 a cell failed, 2 usage, 130 interrupted.

        Contestants:
        """;

    public static int Print()
    {
        Console.WriteLine(Text);
        foreach (var contestant in Contestants.All)
        {
            Console.WriteLine($"  {contestant.Name,-10} {contestant.Description}");
        }

        return ExitCode.Success;
    }

    public static int Fail(string message)
    {
        Console.Error.WriteLine($"error: {message}");
        Console.Error.WriteLine("Try --help.");
        return ExitCode.BadUsage;
    }
}
