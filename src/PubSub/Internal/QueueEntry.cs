namespace NetCore.PubSub.Internal;

/// <summary>What waits for a subscription: records, or a gap in their place.</summary>
internal struct QueueEntry
{
    public bool IsGap;
    public GapRange Gap;
    public Slice Slice;

    /// <summary>Bytes that the queue counts for the memory that the slice keeps alive.</summary>
    public int Pinned;

    public static QueueEntry Of(in GapRange gap) => new() { IsGap = true, Gap = gap };
}
