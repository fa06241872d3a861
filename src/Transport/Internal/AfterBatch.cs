using NetCore.Core;

namespace NetCore.Transport.Internal;

/// <summary>What a receive batch has woken, kept until the receive role is free again.</summary>
/// <remarks>
/// Measured at one outstanding call: a hop through the pool is a third of the round trip. The thread that received is
/// awake and has nothing to do, so it runs the last item itself.
/// </remarks>
internal struct AfterBatch(IExecutor executor)
{
    // The runner's thread while a batch is under way: only that thread finds itself here.
    private int _thread;
    private IThreadPoolWorkItem? _item;

    public void Begin() => Volatile.Write(ref _thread, Environment.CurrentManagedThreadId);

    /// <summary>From any thread: inside the batch the item is kept, elsewhere it is posted.</summary>
    public void Add(IThreadPoolWorkItem item)
    {
        var post = item;
        if (Volatile.Read(ref _thread) == Environment.CurrentManagedThreadId)
        {
            post = _item;
            _item = item;
        }

        if (post is not null)
        {
            executor.Post(post);
        }
    }

    /// <summary>The batch is over; gives what was kept, which the caller runs or posts.</summary>
    public IThreadPoolWorkItem? End()
    {
        Volatile.Write(ref _thread, 0);
        var item = _item;
        _item = null;
        return item;
    }

    /// <summary>The same runner goes on: the item waits for its next batch.</summary>
    public void Keep(IThreadPoolWorkItem? item) => _item = item;

    /// <summary>The last act of a thread that has given up the receive role.</summary>
    public void RunOrPost(IThreadPoolWorkItem? item)
    {
        if (item is null)
        {
            return;
        }

        if (executor.IsCurrentThread)
        {
            item.Execute();
        }
        else
        {
            executor.Post(item);
        }
    }
}
