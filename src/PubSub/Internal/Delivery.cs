namespace NetCore.PubSub.Internal;

/// <summary>What records that have arrived have in common.</summary>
internal readonly record struct Delivery(
    string Topic, ulong First, int Count, DateTimeOffset Timestamp, bool IsSnapshot, ulong Epoch)
{
    public MessageOrigin Origin(int index) => new(First + (uint)index, Epoch, Timestamp, IsSnapshot);
}
