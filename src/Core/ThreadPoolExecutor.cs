namespace NetCore.Core;

/// <summary>The production executor: the process's thread pool, first in, first out.</summary>
public sealed class ThreadPoolExecutor : IExecutor
{
    /// <inheritdoc/>
    public bool IsCurrentThread => Thread.CurrentThread.IsThreadPoolThread;

    /// <inheritdoc/>
    /// <remarks>
    /// Items go to the global queue. A thread-local queue is last in, first out, which would run the flush item that
    /// follows a batch of continuations before them and so undo the gathering of their sends.
    /// </remarks>
    public void Post(IThreadPoolWorkItem item) =>
        ThreadPool.UnsafeQueueUserWorkItem(item, preferLocal: false);
}
