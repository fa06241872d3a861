using NetCore.PubSub.Internal;

namespace NetCore.PubSub;

/// <summary>A subscription of a client. Dispose it to unsubscribe.</summary>
/// <remarks>
/// It does not come back by itself: when the connection is lost it ends, and a new client subscribes with
/// <see cref="SubscriptionOptions.ResumeFrom"/>.
/// </remarks>
public abstract class Subscription : IAsyncDisposable
{
    private readonly ClientStream _stream;
    private readonly PositionBook _positions;
    private long _delivered;
    private long _lost;
    private long _unknownGaps;
    private long _consumed;
    private long _room;

    private protected Subscription(
        ClientStream stream, uint id, TopicPattern pattern, SubscriptionOptions options)
    {
        _stream = stream;
        _positions = new PositionBook(options.ResumeFrom, stream.Epoch);
        _room = options.WindowBytes;
        Id = id;
        Pattern = pattern;
        Options = options;
        Started = new(stream.World.Executor);
        Over = new(stream.World.Executor);
    }

    /// <summary>What it is for.</summary>
    public TopicPattern Pattern { get; }

    /// <summary>Messages that it has got, without those of a snapshot.</summary>
    public long Delivered => Volatile.Read(ref _delivered);

    /// <summary>Messages that it has been told are missing.</summary>
    public long Lost => Volatile.Read(ref _lost);

    /// <summary>Gaps whose size is not known.</summary>
    public long UnknownGaps => Volatile.Read(ref _unknownGaps);

    /// <summary>
    /// How far it has come, to go on with elsewhere. Of more than <see cref="PubSubLimits.MaxPositions"/> topics those
    /// that came first are kept.
    /// </summary>
    public TopicPositions Positions => _positions.Take();

    /// <summary>
    /// Completes when it has ended; never faults. Null when it was disposed, else the reason. Messages may wait still.
    /// </summary>
    public Task<PubSubException?> Closed => Over.Task;

    internal uint Id { get; }

    internal SubscriptionOptions Options { get; }

    internal Core.Completion<bool> Started { get; }

    internal Core.Completion<PubSubException?> Over { get; }

    internal ulong Epoch => _stream.Epoch;

    private protected ClientStream Stream => _stream;

    /// <summary>
    /// Unsubscribes. Messages that wait are dropped. The broker has
    /// <see cref="TopicClientOptions.AnswerTimeout"/> to confirm it; then the subscription ends without that.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        await EndAsync().ConfigureAwait(false);
        GC.SuppressFinalize(this);
    }

    /// <summary>Ends it; what the broker sends for it after the deadline is for nobody.</summary>
    internal async Task EndAsync()
    {
        Drop();
        _stream.Unsubscribe(this);
        if (!await AnswerDeadline.TryWaitAsync(_stream.World, Over.Task, _stream.AnswerTimeout).ConfigureAwait(false))
        {
            _stream.OnSubscriptionEnded(Id, PubSubErrorCode.None);
            await Over.Task.ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Takes arriving records off the window, whose last ones may exceed it; false when nothing was left of it. What
    /// waits for a slow consumer has no other bound.
    /// </summary>
    internal bool TryCharge(int records)
    {
        if (Volatile.Read(ref _room) <= 0)
        {
            return false;
        }

        Interlocked.Add(ref _room, -(records + (long)PubSubLimits.BlockCharge));
        return true;
    }

    /// <summary>Records have arrived. Receive callbacks only.</summary>
    internal abstract void OnDeliver(in Delivery delivery, in ReceivedRecords records);

    internal abstract void OnGap(Gap gap);

    internal void OnEnded(PubSubException? reason)
    {
        if (!Started.IsCompleted)
        {
            Started.TrySetException(reason ?? new PubSubException(
                PubSubErrorCode.Unavailable, "The subscription has ended before the broker has confirmed it."));
        }
        if (Over.TrySetResult(reason))
        {
            OnOver(reason);
        }
    }

    private protected abstract void OnOver(PubSubException? reason);

    private protected abstract void Drop();

    private protected void Count(in Delivery delivery)
    {
        if (!delivery.IsSnapshot)
        {
            Volatile.Write(ref _delivered, _delivered + delivery.Count);
        }
    }

    private protected void Count(Gap gap)
    {
        if (gap.Count is { } count)
        {
            // A broker may name any count, and as often as it likes.
            Volatile.Write(ref _lost, count > long.MaxValue - _lost ? long.MaxValue : _lost + count);
        }
        else
        {
            Volatile.Write(ref _unknownGaps, _unknownGaps + 1);
        }
    }

    private protected void OnHandled(string topic, ulong sequence) => _positions.Set(topic, sequence);

    /// <summary>A gap has been told.</summary>
    private protected void OnHandled(Gap gap)
    {
        // A queue that conflates tells its losses before older messages of other keys, which still wait.
        var isAhead = Options.Overflow == OverflowRule.Conflate
            && gap.Reason is (GapReason.Conflated or GapReason.OutOfMemoryBudget);
        if (gap.Topic is { } topic && !isAhead)
        {
            OnHandled(topic, gap.Last);
        }
    }

    /// <summary>So much has been handled, and may be sent again.</summary>
    private protected void Grant(int records)
    {
        _consumed += records + PubSubLimits.BlockCharge;
        if (_consumed >= Math.Max(1, Options.WindowBytes / PubSubLimits.GrantDivisor))
        {
            // First, since the broker may use it at once.
            Interlocked.Add(ref _room, _consumed);
            _stream.Grant(Id, (uint)_consumed);
            _consumed = 0;
        }
    }
}
