using NetCore.Core;

namespace NetCore.PubSub.Internal;

/// <summary>What waits for an enumeration: records, or a gap.</summary>
internal struct MessageChunk
{
    public Gap? Gap;
    public LeasedBytes Bytes;
    public Delivery Delivery;
}
