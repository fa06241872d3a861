namespace NetCore.PubSub.Tests;

/// <summary>A subscription whose messages are taken one by one, when the test says so.</summary>
internal sealed class Pulled(TopicRig rig, Subscription<ReadOnlyMemory<byte>> subscription) : IAsyncDisposable
{
    private readonly IAsyncEnumerator<Message<ReadOnlyMemory<byte>>> _enumerator = subscription.GetAsyncEnumerator();
    private Task<bool>? _next;

    public Subscription<ReadOnlyMemory<byte>> Subscription { get; } = subscription;

    public List<Seen> All { get; } = [];

    public bool IsOver { get; private set; }

    public PubSubException? Error { get; private set; }

    public IEnumerable<int> Numbers => All.Where(static seen => seen.Gap is null).Select(static seen => seen.Number);

    public IEnumerable<Gap> Gaps => All.Where(static seen => seen.Gap is not null).Select(static seen => seen.Gap!);

    public long Told => All.Count(static seen => seen.Gap is null) + Gaps.Sum(static gap => gap.Count ?? 0);

    /// <summary>Takes one; false when none is there.</summary>
    public bool TryTake()
    {
        if (IsOver)
        {
            return false;
        }

        _next ??= _enumerator.MoveNextAsync().AsTask();
        rig.Test.Settle();
        if (!_next.IsCompleted)
        {
            return false;
        }

        if (_next.IsFaulted)
        {
            Error = _next.Exception!.InnerException as PubSubException;
        }

        IsOver = _next.IsFaulted || !_next.Result;
        _next = null;
        if (IsOver)
        {
            return false;
        }

        var message = _enumerator.Current;
        All.Add(message.Gap is { } gap
            ? new Seen(gap.Topic ?? "", 0, 0, 0, false, gap)
            : new Seen(
                message.Topic,
                message.Value.Length >= 4 ? BitConverter.ToInt32(message.Value.Span) : 0,
                message.Value.Length,
                message.Sequence,
                message.IsSnapshot,
                null));
        return true;
    }

    /// <summary>Drops what waits, as its user would.</summary>
    public async ValueTask DisposeAsync()
    {
        await Subscription.DisposeAsync();
        await _enumerator.DisposeAsync();
    }

    public void TakeAll()
    {
        while (TryTake())
        {
        }
    }
}
