namespace NetCore.Bench;

/// <summary>The help text.</summary>
internal static class Usage
{
    private const string Text = """
        Measures what an exchange between two processes costs: NetCore, what others use, and raw system calls.
        The documentation and messages call it bench: an alias, see docs/performance.md.

        NetCore.Bench list
          scenarios and contestants, and what cannot run here for which reason

        NetCore.Bench run [options]
          the measurement: starts pairs of processes, prints tables
          --quick             the most telling cells in four minutes
          --scenario GLOB     only these scenarios; may be repeated, commas separate (default: all)
          --contestant GLOB   only these contestants; the same
          --rounds N          rounds; every contestant runs once in each (default 3; take 9 for a decision)
          --seconds S         measured time of a cell (default 4; quick 0.5)
          --warmup S          least warm-up of the first cell of a pair; goes on up to three times as long until the
                              rate is steady (default 4; quick: 2.5 at least, twice S at most)
          --pin server=CPU,client=CPU | none
                              default: the first two cores that this process may use
          --pool-spin off | default
                              whether idle workers of the .NET thread pool spin before they sleep; for all processes
                              alike (default off)
          --tier-delay off | default
                              whether the runtimes wait with the last tiers of their JIT compiler until no new code has
                              run for 100 ms (default off; with it a contestant may take minutes to become warm)
          --unsteady drop | label
                              what becomes of a cell whose rate does not settle: not started, or measured and labelled
                              (default drop)
          --awake auto | latency | all | none
                              in which scenarios the cores are kept from halting (default auto: in those of latency if
                              a round trip is faster so; this is tried first); --no-halt and --halt mean all and none
          --processors N      cores that the runtime of each half believes to have (default 1, which it is pinned to)
          --retries N         repeats of a cell that other programs disturbed (default 1; quick 0)
          --client-work US    burns CPU time for each answer: a client that is slow on purpose, echo cells only
          --json FILE         writes every cell and every ratio to FILE
          --html FILE         writes a report to look at

        NetCore.Bench compare A.json B.json
          ratios of B to A with their interval; exit code 1 when a throughput has fallen below 0.97 for certain

        NetCore.Bench doctor [--json] [--save FILE]
          what this machine can do, what that costs, and what to choose for which reason; --save writes the choice

        NetCore.Bench serve echo|rpc|CONTESTANT --listen URI [options]
          the answering half alone. echo is a plain byte echo on NetCore's transport, rpc the service of the suite.
          Prints 'listening URI' when ready; SIGTERM or SIGINT stops it. --sink URI listens for bulk.
          --engine sockets|epoll|uring, --wait block|adaptive|spin, --lane pool|inline, --continuations pool|reactor
                              how NetCore runs, for echo and rpc (default: epoll where there is one, and the first of
                              each other); blocking and busypoll are other names of block and spin
          --core N            pins it

        NetCore.Bench load echo|rpc|CONTESTANT --connect URI [options]
          the calling half alone. For echo, and every contestant that is one, a load generator of raw system calls.
          --connections N     (default 1)       --outstanding N   under way on each connection (default 1)
          --bytes N           payload (32)      --rate R          open loop: requests due in a second
          --client-wait block|spin
          --traffic echo|bulk|connect|long-tail|items|exchange|publish|publish-one
                              items come from the server, or go there and back; messages go through a broker to
                              as many subscribers as there are connections
          --warmup S, --seconds S (default 4)   --client-work US, --core N, --json
          --engine, --wait, --continuations     for rpc alone, as above

        A URI is tcp://ADDRESS:PORT, where port 0 picks a free one, or unix:///PATH.
        Exit codes: 0 fine, 1 a cell failed, or none counts, or compare found a loss, 2 usage (or files that cannot
        be compared), 130 interrupted.
        """;

    public static int Print()
    {
        Console.WriteLine(Text);
        return ExitCode.Success;
    }

    public static int Fail(string message, bool isExplained = false)
    {
        Console.Error.WriteLine($"error: {message}");
        if (!isExplained)
        {
            Console.Error.WriteLine("Try --help.");
        }

        return ExitCode.BadUsage;
    }
}
