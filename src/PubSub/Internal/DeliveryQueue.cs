namespace NetCore.PubSub.Internal;

/// <summary>What waits for one subscription at the broker, within bounds. Guarded by the lock of its peer.</summary>
internal abstract class DeliveryQueue(int maxItems, int maxBytes)
{
    protected int MaxItems { get; } = maxItems;

    protected long MaxBytes { get; } = maxBytes;

    /// <summary>What was lost before everything that waits.</summary>
    protected LossBook Lost { get; } = new();

    /// <summary>Messages that wait. Also read without the lock, as a hint.</summary>
    public int Items
    {
        get => Volatile.Read(ref field);
        protected set => Volatile.Write(ref field, value);
    }

    /// <summary>Bytes of their records.</summary>
    public long Bytes { get; protected set; }

    /// <summary>Bytes of the memory that is kept alive for them.</summary>
    public long Pinned { get; protected set; }

    public abstract bool HasWork { get; }

    /// <summary>How many of the first records have room.</summary>
    public abstract int RoomFor(in Slice slice);

    /// <summary>Takes records over. What has no room becomes a loss, here or of what waits.</summary>
    public abstract void Add(Slice slice);

    /// <summary>Something is lost behind what waits.</summary>
    public abstract void AddLoss(in GapRange gap);

    /// <summary>Takes the next entry; of records as many as bring the credit to zero or below.</summary>
    public abstract bool TryTake(long credit, out QueueEntry entry);

    /// <summary>All that waits is lost.</summary>
    public void LoseAll(GapReason reason)
    {
        var taken = new List<GapRange>();
        while (TryTake(long.MaxValue, out var entry))
        {
            taken.Add(entry.IsGap ? entry.Gap : GapRange.Of(in entry.Slice, reason));
            entry.Slice.Dispose();
        }

        foreach (var gap in taken)
        {
            Lost.Add(gap);
        }
    }

    /// <summary>Nobody wants any of it.</summary>
    public void Clear()
    {
        LoseAll(GapReason.Overflow);
        Lost.Clear();
    }
}
