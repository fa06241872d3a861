namespace NetCore.Rpc.Tests;

/// <summary>How many sockets, event loops and threads of ours the process has; for a test that runs alone.</summary>
internal sealed class ProcessBaseline
{
    private readonly int _descriptors;
    private readonly int _threads;

    private ProcessBaseline(int descriptors, int threads) => (_descriptors, _threads) = (descriptors, threads);

    /// <summary>Counts before the test, after the runtime has opened what it opens once for all sockets.</summary>
    public static async Task<ProcessBaseline> TakeAsync()
    {
        await using (await RealRig.StartAsync("tcp"))
        {
        }

        // A socket that nobody has closed is closed by its finalizer, which must not make room for one of the test's.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return new ProcessBaseline(Descriptors(), Threads());
    }

    /// <summary>Waits until everything is back.</summary>
    public async Task AssertBackAsync()
    {
        await RealRig.Until(() => Descriptors() <= _descriptors, $"{Descriptors()} of {_descriptors} descriptors");
        await RealRig.Until(() => Threads() <= _threads, $"{Threads()} of {_threads} threads");
    }

    // What the runtime opens besides, such as files of assemblies, is of other kinds.
    private static int Descriptors() => Directory.GetFiles("/proc/self/fd")
        .Select(static path => new FileInfo(path).LinkTarget ?? "")
        .Count(static target => target.StartsWith("socket:", StringComparison.Ordinal)
            || target is "anon_inode:[eventpoll]" or "anon_inode:[eventfd]");

    // Threads of reactors and of timers are named after the project; those of the pool come and go.
    private static int Threads() => Directory.GetDirectories("/proc/self/task").Count(static task =>
        Name(task) is { } name
        && (name.StartsWith("NetCore", StringComparison.Ordinal) || name == PolledReactor.ThreadName));

    private static string? Name(string task)
    {
        try
        {
            return File.ReadAllText(Path.Combine(task, "comm")).TrimEnd();
        }
        catch (IOException)
        {
            // It has ended meanwhile.
            return null;
        }
    }
}
