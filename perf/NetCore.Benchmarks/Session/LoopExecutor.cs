using NetCore.Core;

namespace NetCore.Benchmarks.Session;

/// <summary>Runs posted work on the benchmark's own thread: the cost of the code without the thread pool's.</summary>
internal sealed class LoopExecutor : IExecutor
{
    private readonly Queue<IThreadPoolWorkItem> _items = new();

    public void Post(IThreadPoolWorkItem item) => _items.Enqueue(item);

    /// <summary>Runs items, also those that they post, until none waits.</summary>
    public void RunAll()
    {
        while (_items.TryDequeue(out var item))
        {
            item.Execute();
        }
    }
}
