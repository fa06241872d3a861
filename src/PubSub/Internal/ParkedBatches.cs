using NetCore.Core;

namespace NetCore.PubSub.Internal;

/// <summary>What a topic has parked, in order, and the timer for the earliest deadline among it.</summary>
/// <remarks>
/// Guarded by the lock of the topic. Bounded by the publish windows of those who sent it. Where a subscriber is slower
/// than its publishers every batch is parked, so nothing is allocated or looked through for one.
/// </remarks>
internal sealed class ParkedBatches : ITimerTarget, IThreadPoolWorkItem
{
    private readonly Queue<ParkedBatch> _batches = new();
    private readonly Stack<ParkedBatch> _pool = new();
    private readonly BrokerCore _core;
    private readonly BrokerTopic _topic;
    private readonly WheelTimer _timer;

    // No deadline is earlier; one that was may have gone.
    private long _due = long.MaxValue;
    private volatile bool _fired;

    public ParkedBatches(BrokerCore core, BrokerTopic topic)
    {
        _core = core;
        _topic = topic;
        _timer = new WheelTimer(this);
    }

    public bool IsEmpty => _batches.Count == 0;

    public ParkedBatch? First => _batches.TryPeek(out var first) ? first : null;

    public void Add(in Slice slice, IPublishSource source, in PublishTicket ticket, int accepted)
    {
        var batch = _pool.TryPop(out var pooled) ? pooled : new ParkedBatch();
        (batch.Slice, batch.Source, batch.Ticket, batch.Accepted) = (slice, source, ticket, accepted);
        _batches.Enqueue(batch);
        SetTimer(ticket.Deadline);
    }

    /// <summary>Takes the first; <see cref="Return"/> it.</summary>
    public ParkedBatch? Take()
    {
        if (!_batches.TryDequeue(out var first))
        {
            return null;
        }

        if (IsEmpty)
        {
            Stop();
        }

        return first;
    }

    /// <summary>It has been resolved, and its slice is somebody else's.</summary>
    public void Return(ParkedBatch batch)
    {
        batch.Slice = default;
        batch.Source = null!;
        if (_pool.Count < PubSubLimits.RetainedOperations)
        {
            _pool.Push(batch);
        }
    }

    /// <summary>Those whose deadline has passed; <see cref="Return"/> them.</summary>
    public IReadOnlyList<ParkedBatch> TakeExpired(long now)
    {
        if (IsEmpty || (now < _due && !_fired))
        {
            return [];
        }

        _fired = false;
        _due = long.MaxValue;
        var expired = new List<ParkedBatch>();
        var next = long.MaxValue;
        for (var left = _batches.Count; left > 0; left--)
        {
            var batch = _batches.Dequeue();
            if (batch.Ticket.Deadline <= now)
            {
                expired.Add(batch);
            }
            else
            {
                next = Math.Min(next, batch.Ticket.Deadline);
                _batches.Enqueue(batch);
            }
        }

        SetTimer(next);
        return expired;
    }

    public void Stop()
    {
        _due = long.MaxValue;
        _core.World.Timers.Cancel(_timer);
    }

    /// <summary>On the timer thread: the work is for another.</summary>
    public void OnTimer(WheelTimer timer, long token) => _core.World.Executor.Post(this);

    public void Execute()
    {
        _fired = true;
        var flush = new FlushList();
        flush.Add(_topic);
        flush.Run();
    }

    private void SetTimer(long deadline)
    {
        if (deadline < _due)
        {
            _due = deadline;
            _core.World.Timers.Schedule(_timer, deadline - _core.World.Timers.Now);
        }
    }
}
