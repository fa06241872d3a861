using System.Collections.Concurrent;
using NetCore.Core;

namespace NetCore.Transport.Internal;

/// <summary>One item after the other on another executor, for a reactor that has ended. Thread-safe.</summary>
/// <remarks>Items of a reactor never overlap, and what they touch relies on that.</remarks>
internal sealed class SerialExecutor(IExecutor executor) : IExecutor, IThreadPoolWorkItem
{
    private readonly ConcurrentQueue<IThreadPoolWorkItem> _items = new();
    private int _count;

    public int Parallelism => 1;

    public void Post(IThreadPoolWorkItem item)
    {
        _items.Enqueue(item);
        if (Interlocked.Increment(ref _count) == 1)
        {
            executor.Post(this);
        }
    }

    /// <summary>Runs what there is, and what comes meanwhile.</summary>
    public void Execute()
    {
        do
        {
            // It is counted after it is queued.
            _items.TryDequeue(out var item);
            item!.Execute();
        }
        while (Interlocked.Decrement(ref _count) > 0);
    }
}
