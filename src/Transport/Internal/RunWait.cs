using System.Runtime.CompilerServices;

namespace NetCore.Transport.Internal;

/// <summary>Tells the thread of a reactor that the task for which it polls is complete.</summary>
/// <remarks>
/// Once the continuation is registered only it counts. A pooled source says that it is complete before it has read its
/// continuation; who took the result in between would recycle it under the thread that completes it.
/// </remarks>
internal sealed class RunWait
{
    // Runs on any thread, as the last thing that the task's source does.
    private readonly Action _continuation;
    private volatile bool _told;

    // The task of the last wait that an exception of a work item has ended; boxed, which costs only then.
    private object? _left;
    private bool _isRegistered;

    public RunWait(Action wake) => _continuation = () =>
    {
        _told = true;
        wake();
    };

    /// <summary>Has the task tell when it is complete.</summary>
    /// <remarks>
    /// A pooled source takes one continuation. If the wait for it was left, it has this one and refuses it now.
    /// </remarks>
    public void Register<TTask, TAwaiter>(in TTask task, TAwaiter awaiter)
        where TTask : struct
        where TAwaiter : struct, ICriticalNotifyCompletion
    {
        try
        {
            awaiter.UnsafeOnCompleted(_continuation);
        }
        catch (InvalidOperationException) when (IsLeft(in task))
        {
        }

        _isRegistered = true;
    }

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

    /// <summary>The wait is over: the task is complete, or an exception has ended it.</summary>
    public void End<TTask>(in TTask task, bool isComplete)
        where TTask : struct
    {
        if (isComplete && IsLeft(in task))
        {
            _left = null;
        }
        else if (!isComplete && _isRegistered)
        {
            _left = task;
        }

        _isRegistered = false;
    }

    private bool IsLeft<TTask>(in TTask task)
        where TTask : struct => _left is not null && task.Equals(_left);
}
