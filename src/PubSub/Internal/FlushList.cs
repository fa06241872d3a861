namespace NetCore.PubSub.Internal;

/// <summary>What a batch has touched: each is flushed once, when no lock is held. Thread-safe.</summary>
internal sealed class FlushList
{
    private readonly Lock _lock = new();
    private readonly List<IFlushable> _items = [];

    public void Add(IFlushable item)
    {
        if (item.TryMark())
        {
            lock (_lock)
            {
                _items.Add(item);
            }
        }
    }

    /// <summary>What is in it is flushed by whoever runs the other one.</summary>
    public void MoveTo(FlushList other)
    {
        while (other != this && TryTake() is { } item)
        {
            lock (other._lock)
            {
                other._items.Add(item);
            }
        }
    }

    public void Run()
    {
        while (TryTake() is { } item)
        {
            item.Flush(this);
        }
    }

    private IFlushable? TryTake()
    {
        lock (_lock)
        {
            if (_items.Count == 0)
            {
                return null;
            }

            var item = _items[^1];
            _items.RemoveAt(_items.Count - 1);
            return item;
        }
    }
}
