using NetCore.Core;

namespace NetCore.PubSub.Internal;

/// <summary>What a topic has parked, in order, and the timer for the earliest deadline among it.</summary>
/// <remarks>Guarded by the lock of the topic. Bounded by the publish windows of those who sent it.</remarks>
internal sealed class ParkedBatches : ITimerTarget, IThreadPoolWorkItem
{
    private readonly LinkedList<ParkedBatch> _batches = [];
    private readonly BrokerCore _core;
    private readonly BrokerTopic _topic;
    private readonly WheelTimer _timer;
    private long _due = long.MaxValue;

    public ParkedBatches(BrokerCore core, BrokerTopic topic)
    {
        _core = core;
        _topic = topic;
        _timer = new WheelTimer(this);
    }

    public bool IsEmpty => _batches.Count == 0;

    public ParkedBatch? First => _batches.First?.Value;

    public void Add(ParkedBatch batch)
    {
        _batches.AddLast(batch);
        SetTimer();
    }

    public ParkedBatch? Take()
    {
        if (_batches.First is not { } first)
        {
            return null;
        }

        _batches.RemoveFirst();
        return first.Value;
    }

    /// <summary>Those whose deadline has passed.</summary>
    public List<ParkedBatch> TakeExpired(long now)
    {
        var expired = new List<ParkedBatch>();
        for (var node = _batches.First; node is not null;)
        {
            var next = node.Next;
            if (node.Value.Ticket.Deadline <= now)
            {
                expired.Add(node.Value);
                _batches.Remove(node);
            }

            node = next;
        }

        SetTimer();
        return expired;
    }

    public void Stop() => _core.World.Timers.Cancel(_timer);

    /// <summary>On the timer thread: the work is for another.</summary>
    public void OnTimer(WheelTimer timer, long token) => _core.World.Executor.Post(this);

    public void Execute()
    {
        Volatile.Write(ref _due, long.MaxValue);
        var flush = new FlushList();
        flush.Add(_topic);
        flush.Run();
    }

    private void SetTimer()
    {
        if (_batches.Count == 0)
        {
            Stop();
            Volatile.Write(ref _due, long.MaxValue);
            return;
        }

        var earliest = _batches.Min(static batch => batch.Ticket.Deadline);
        if (earliest < Volatile.Read(ref _due))
        {
            Volatile.Write(ref _due, earliest);
            _core.World.Timers.Schedule(_timer, earliest - _core.World.Timers.Now);
        }
    }
}
