namespace NetCore.Transport.Internal;

/// <summary>Tells the thread of a reactor that the task for which it polls is complete.</summary>
/// <remarks>
/// Once the continuation is registered only it counts. A pooled source says that it is complete before it has read its
/// continuation; who took the result in between would recycle it under the thread that completes it.
/// </remarks>
internal sealed class RunWait : IThreadPoolWorkItem
{
    private bool _told;

    // An item and no mere wake-up: a turn that begins after the wake-up would take it for the news that it looks at.
    public RunWait(Reactor reactor) => Continuation = () => reactor.Post(this);

    /// <summary>Runs on any thread, as the last thing that the task's source does.</summary>
    public Action Continuation { get; }

    /// <summary>
    /// An exception of a work item has ended a wait before its task was complete. If that task is waited for again, a
    /// pooled source refuses a second continuation, but has this one.
    /// </summary>
    public bool WasLeft { get; set; }

    /// <summary>Whether a task has told since the last look; it may be one of a wait that was left.</summary>
    public bool TakeTold()
    {
        var told = _told;
        if (told)
        {
            _told = false;
        }

        return told;
    }

    /// <summary>On the reactor's thread.</summary>
    public void Execute() => _told = true;
}
