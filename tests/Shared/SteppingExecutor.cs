using NetCore.Core;

namespace NetCore.Testing.Shared;

/// <summary>A run queue that a test steps by hand, on the test's own thread.</summary>
/// <remarks>
/// Any thread posts; <see cref="RunOne"/> and <see cref="RunAll"/> are for one thread at a time. Without a seed items
/// run first in, first out; with a seed each next one is chosen at random, which an executor may do (it promises no
/// order). An exception of an item comes out of the step that ran it.
/// </remarks>
public sealed class SteppingExecutor(ulong? seed = null) : IExecutor
{
    // More steps than any test needs: two items that post each other for ever end in a failure and not in a hang.
    private const int MaxStepsOfRunAll = 10_000_000;

    private readonly Lock _lock = new();
    private readonly List<IThreadPoolWorkItem> _items = [];
    private readonly SeededRandomSource? _choice = seed is { } value ? new SeededRandomSource(value) : null;
    private int _first;
    private int _runningThread;

    /// <summary>
    /// Managed id of the only thread that may post and step; null (the default) lets every thread post. A simulation
    /// sets it to find work that has escaped to another thread.
    /// </summary>
    public int? OnlyThread { get; set; }

    /// <summary>Items that wait to be run.</summary>
    public int Pending
    {
        get
        {
            lock (_lock)
            {
                return _items.Count - _first;
            }
        }
    }

    /// <summary>Items run so far.</summary>
    public long Steps { get; private set; }

    /// <inheritdoc/>
    /// <remarks>
    /// Two unless a test says otherwise: the least at which items of one queue run beside each other.
    /// </remarks>
    public int Parallelism { get; set; } = 2;

    /// <inheritdoc/>
    public bool IsCurrentThread => Volatile.Read(ref _runningThread) == Environment.CurrentManagedThreadId;

    /// <inheritdoc/>
    public void Post(IThreadPoolWorkItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        CheckThread();
        lock (_lock)
        {
            _items.Add(item);
        }
    }

    /// <summary>Runs one item; false when none waits.</summary>
    public bool RunOne()
    {
        CheckThread();
        if (!TryTake(out var item))
        {
            return false;
        }

        Steps++;
        var outer = _runningThread;
        Volatile.Write(ref _runningThread, Environment.CurrentManagedThreadId);
        try
        {
            item.Execute();
        }
        finally
        {
            Volatile.Write(ref _runningThread, outer);
        }

        return true;
    }

    /// <summary>Runs items, also those posted meanwhile, until none waits.</summary>
    /// <returns>How many were run.</returns>
    public int RunAll()
    {
        var count = 0;
        while (RunOne())
        {
            if (++count == MaxStepsOfRunAll)
            {
                throw new InvalidOperationException($"Still work after {count} steps: items post each other for ever.");
            }
        }

        return count;
    }

    private bool TryTake(out IThreadPoolWorkItem item)
    {
        lock (_lock)
        {
            var waiting = _items.Count - _first;
            if (waiting == 0)
            {
                item = null!;
                return false;
            }

            var chosen = _first + (_choice?.Next(waiting) ?? 0);
            item = _items[chosen];
            _items[chosen] = _items[_first];
            _items[_first++] = null!;
            if (_first == _items.Count)
            {
                _items.Clear();
                _first = 0;
            }

            return true;
        }
    }

    private void CheckThread()
    {
        if (OnlyThread is { } only && Environment.CurrentManagedThreadId != only)
        {
            throw new InvalidOperationException(
                $"Thread {Environment.CurrentManagedThreadId} used the executor of thread {only}.");
        }
    }
}
