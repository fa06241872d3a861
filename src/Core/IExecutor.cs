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
}
