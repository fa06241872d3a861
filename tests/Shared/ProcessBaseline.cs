namespace NetCore.Testing.Shared;

/// <summary>How many sockets, event loops and threads of ours the process has; for a test that runs alone.</summary>
public sealed class ProcessBaseline
{
    /// <summary>The name of a thread of a test that polls a reactor.</summary>
    public const string PollingThread = "app";

    private readonly string[] _descriptors = [.. Descriptors()];
    private readonly int _threads = Threads();

    private ProcessBaseline()
    {
    }

    /// <summary>Counts before the test, after the runtime has opened what it opens once for all sockets.</summary>
    public static ProcessBaseline Take()
    {
        // A socket that nobody has closed is closed by its finalizer, which must not make room for one of the test's.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return new ProcessBaseline();
    }

    /// <summary>What is not back; null when everything is.</summary>
    public string? Left()
    {
        string[] descriptors = [.. Descriptors()];
        var threads = Threads();
        return descriptors.Length > _descriptors.Length
            ? $"{descriptors.Length} of {_descriptors.Length} descriptors, new: {string.Join(", ", New(descriptors))}"
            : threads > _threads ? $"{threads} of {_threads} threads" : null;
    }

    private List<string> New(string[] descriptors)
    {
        var rest = descriptors.ToList();
        Array.ForEach(_descriptors, old => rest.Remove(old));
        return rest;
    }

    // What the runtime opens besides, such as files of assemblies, is of other kinds.
    private static IEnumerable<string> Descriptors() => Directory.GetFiles("/proc/self/fd")
        .Select(static path => new FileInfo(path).LinkTarget ?? "")
        .Where(static target => target.StartsWith("socket:", StringComparison.Ordinal)
            || target is "anon_inode:[eventpoll]" or "anon_inode:[eventfd]" or "anon_inode:[io_uring]");

    // Threads of reactors and of timers are named after the project; those of the pool come and go.
    private static int Threads() => Directory.GetDirectories("/proc/self/task").Count(static task =>
        Name(task) is { } name
        && (name.StartsWith("NetCore", StringComparison.Ordinal) || name == PollingThread));

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
