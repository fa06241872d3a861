using NetCore.Core;

namespace NetCore.PubSub.Internal;

/// <summary>What waits for an enumeration: records, or a gap.</summary>
internal struct MessageChunk
{
    public Gap? Gap;
    public LeasedBytes Bytes;

    /// <summary>Bytes of the records, also when there was no memory for them. 0 for what the broker lost.</summary>
    public int Length;
    public Delivery Delivery;

    public static MessageChunk Of(in Delivery delivery, LeasedBytes bytes, int length) =>
        new() { Delivery = delivery, Bytes = bytes, Length = length };

    /// <summary>There was no memory for these.</summary>
    public static MessageChunk Lost(in Delivery delivery, int length) =>
        new() { Gap = delivery.ToGap(GapReason.OutOfMemoryBudget), Length = length };
}
