namespace NetCore.PubSub.Internal;

/// <summary>What records that have arrived have in common.</summary>
internal readonly record struct Delivery(
    string Topic, ulong First, int Count, DateTimeOffset Timestamp, bool IsSnapshot, ulong Epoch)
{
    /// <summary>All of it is lost.</summary>
    public Gap ToGap(GapReason reason) => new(Topic, First, First + (uint)Count - 1, Count, reason);

    public MessageOrigin Origin(int index) => new(First + (uint)index, Epoch, Timestamp, IsSnapshot);
}
