using System.Threading.Tasks.Sources;

namespace NetCore.PubSub.Internal;

/// <summary>One publish that waits for room, or for its acknowledgement. Guarded by the lock of its outbox.</summary>
/// <remarks>
/// Pooled, unless it can be cancelled or was given up before its batch was answered: something may then still point to
/// it.
/// </remarks>
internal sealed class PublishOperation(Outbox outbox) : IValueTaskSource
{
    private ManualResetValueTaskSourceCore<bool> _core;

    /// <summary>The next one of its batch.</summary>
    public PublishOperation? Next { get; set; }

    /// <summary>The next one that is over; an early one stands in both lists.</summary>
    public PublishOperation? NextDone { get; set; }

    public TopicPublisher Publisher { get; set; } = null!;

    /// <summary>On the world's timers.</summary>
    public long Deadline { get; set; }

    /// <summary>Which message of its batch it is.</summary>
    public int Index { get; set; }

    /// <summary>The encoded message while it waits for room, of the shared pool of arrays.</summary>
    public byte[]? Record { get; set; }

    public int RecordLength { get; set; }

    public bool IsDone { get; set; }

    public bool IsPooled { get; set; } = true;

    public Exception? Error { get; set; }

    public CancellationTokenRegistration Registration { get; set; }

    public ValueTask Task => new(this, _core.Version);

    /// <summary>Wakes whoever awaits; by a work item, under no lock.</summary>
    public void Wake()
    {
        if (Error is { } error)
        {
            _core.SetException(error);
        }
        else
        {
            _core.SetResult(true);
        }
    }

    void IValueTaskSource.GetResult(short token)
    {
        try
        {
            _core.GetResult(token);
        }
        finally
        {
            if (IsPooled)
            {
                _core.Reset();
                outbox.Return(this);
            }
        }
    }

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);
}
