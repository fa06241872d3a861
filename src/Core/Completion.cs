namespace NetCore.Core;

/// <summary>A task that somebody completes, whose continuations run on the world's executor.</summary>
/// <remarks>
/// For what happens once per connection or less: it allocates. Completing is thread-safe and idempotent, the first
/// wins.
/// </remarks>
/// <typeparam name="T">The result.</typeparam>
public sealed class Completion<T> : IThreadPoolWorkItem
{
    private readonly TaskCompletionSource<T> _source = new();
    private readonly IExecutor _executor;
    private Exception? _error;
    private T? _result;
    private int _completed;

    /// <summary>Creates it.</summary>
    public Completion(IExecutor executor)
    {
        ArgumentNullException.ThrowIfNull(executor);
        _executor = executor;
    }

    /// <summary>The task.</summary>
    public Task<T> Task => _source.Task;

    /// <summary>True once somebody has completed it; the task follows on the executor.</summary>
    public bool IsCompleted => Volatile.Read(ref _completed) != 0;

    /// <summary>Completes it with a result; false when it was completed before.</summary>
    public bool TrySetResult(T result)
    {
        if (Interlocked.Exchange(ref _completed, 1) != 0)
        {
            return false;
        }

        _result = result;
        _executor.Post(this);
        return true;
    }

    /// <summary>Completes it with an error; false when it was completed before.</summary>
    public bool TrySetException(Exception error)
    {
        ArgumentNullException.ThrowIfNull(error);
        if (Interlocked.Exchange(ref _completed, 1) != 0)
        {
            return false;
        }

        _error = error;
        _executor.Post(this);
        return true;
    }

    /// <summary>Runs the continuations; called by the executor.</summary>
    void IThreadPoolWorkItem.Execute()
    {
        if (_error is { } error)
        {
            // Whoever awaits sees it; nobody is obliged to.
            _source.SetException(error);
            _ = _source.Task.Exception;
        }
        else
        {
            _source.SetResult(_result!);
        }
    }
}
