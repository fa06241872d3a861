namespace NetCore.Core;

/// <summary>Runs work items: the one way in which the SDK wakes somebody up.</summary>
/// <remarks>
/// Production posts to the thread pool, a simulation to a seeded run queue, a test to a queue that it steps by hand.
/// Implementations are thread-safe, never run an item inside <see cref="Post"/>, run each posted item exactly once
/// and let no exception of an item reach the poster. Items posted by one thread may run in any order and in parallel.
/// </remarks>
public interface IExecutor
{
    /// <summary>Queues <paramref name="item"/> to run later on a thread of the executor's choice.</summary>
    /// <param name="item">The work; the executor keeps no reference after it has run, so items may be pooled.</param>
    void Post(IThreadPoolWorkItem item);

    /// <summary>
    /// How many items it runs at once while none of them waits; what comes as a queue asks for no more runners than
    /// that. Default: the processors of this process.
    /// </summary>
    int Parallelism => Environment.ProcessorCount;

    /// <summary>
    /// True when the calling thread runs an item of this executor, or one like it: another item may then be run as
    /// its last act instead of being posted. Default: false, which is always safe.
    /// </summary>
    bool IsCurrentThread => false;

    /// <summary>
    /// One and the same thread runs all items, and <see cref="IsCurrentThread"/> is true there only: what nobody else
    /// touches needs no lock then. Default: false, which is always safe.
    /// </summary>
    bool IsSingleThread => false;
}
