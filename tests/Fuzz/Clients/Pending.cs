using NetCore.Fuzz.Sessions;

namespace NetCore.Fuzz.Clients;

/// <summary>What was begun by one who may give it up, or may wait before he goes on.</summary>
/// <param name="script">Says who.</param>
/// <param name="isExpected">Failures that the contract names.</param>
internal sealed class Pending(SessionScript script, Func<Exception, bool> isExpected)
{
    private readonly List<(Task Task, CancellationTokenSource Cancellation)> _all = [];

    // One for each that waits: of several that await one task the runtime may wake some on the pool.
    private readonly Queue<TaskCompletionSource> _waiting = [];
    private Exception? _unexpected;
    private bool _isSlow = script.Acts;

    /// <summary>All has ended; throws what nobody expects.</summary>
    public bool IsOver => _unexpected is { } unexpected
        ? throw new BrokenLawException($"An unexpected failure: {unexpected}")
        : _all.TrueForAll(one => one.Task.IsCompleted);

    /// <summary>Begins something.</summary>
    public void Begin(Func<CancellationToken, Task> what)
    {
        var cancellation = new CancellationTokenSource();
        _all.Add((RunAsync(what, cancellation.Token), cancellation));
    }

    /// <summary>Gives up one that was begun.</summary>
    public void CancelOne()
    {
        if (_all.Count > 0)
        {
            _all[script.Next(_all.Count)].Cancellation.Cancel();
        }
    }

    /// <summary>A consumer that is sometimes slow.</summary>
    public async ValueTask PauseAsync()
    {
        if (_isSlow && script.Next(3) == 0)
        {
            var waiting = new TaskCompletionSource();
            _waiting.Enqueue(waiting);
            await waiting.Task;
        }
    }

    /// <summary>Those who wait go on.</summary>
    public void GoOn()
    {
        for (var count = _waiting.Count; count > 0; count--)
        {
            _waiting.Dequeue().SetResult();
        }
    }

    /// <summary>Nobody waits any more.</summary>
    public void Finish()
    {
        _isSlow = false;
        GoOn();
    }

    private async Task RunAsync(Func<CancellationToken, Task> what, CancellationToken cancellation)
    {
        try
        {
            await what(cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
        }
#pragma warning disable CA1031 // Whatever comes out is what is looked for.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _unexpected ??= isExpected(exception) ? null : exception;
        }
    }
}
