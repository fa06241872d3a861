using NetCore.Core;

namespace NetCore.Session.Internal;

/// <summary>The tasks that a session gives out: that it is established, and that it has ended. Thread-safe.</summary>
/// <remarks>
/// Each is made by who is first to ask, or by what completes it: a session that waits and whom nobody asks, as at a
/// server, has none, and one that is established keeps none for that.
/// </remarks>
internal struct SessionTasks
{
    // Null at first; then a completion, which somebody waits for or which has failed, or the task that is complete.
    private object? _established;
    private Completion<SessionClose>? _closed;

    public bool IsEstablishedKnown =>
        Volatile.Read(ref _established) is Task or Completion<bool> { IsCompleted: true };

    public Task Established(IExecutor executor)
    {
        var state = EstablishedState(executor);
        return state as Task ?? ((Completion<bool>)state).Task;
    }

    public Task<SessionClose> Closed(IExecutor executor) => Closing(executor).Task;

    public void OnEstablished()
    {
        // Whoever has failed it before has won.
        var asked = Interlocked.CompareExchange(ref _established, Task.CompletedTask, null) as Completion<bool>;
        if (asked?.TrySetResult(true) == true)
        {
            Volatile.Write(ref _established, Task.CompletedTask);
        }
    }

    public void OnNotEstablished(IExecutor executor, Exception why) =>
        (EstablishedState(executor) as Completion<bool>)?.TrySetException(why);

    public void OnClosed(IExecutor executor, in SessionClose close) => Closing(executor).TrySetResult(close);

    private object EstablishedState(IExecutor executor)
    {
        if (Volatile.Read(ref _established) is { } state)
        {
            return state;
        }

        var fresh = new Completion<bool>(executor);
        return Interlocked.CompareExchange(ref _established, fresh, null) ?? fresh;
    }

    private Completion<SessionClose> Closing(IExecutor executor)
    {
        if (Volatile.Read(ref _closed) is { } made)
        {
            return made;
        }

        var fresh = new Completion<SessionClose>(executor);
        return Interlocked.CompareExchange(ref _closed, fresh, null) ?? fresh;
    }
}
