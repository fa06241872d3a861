using NetCore.Core;

namespace NetCore.PubSub.Internal;

/// <summary>Where the batches of an outbox go; as a work item it sends the one that is open.</summary>
internal interface IBatchSink : IThreadPoolWorkItem
{
    /// <summary>Hands a message over, whose bytes begin behind the room for a frame's header.</summary>
    void Hand_NeedsLock(Block block, int length);

    /// <summary>Hands a message over that is longer than a block.</summary>
    void HandLong_NeedsLock(ReadOnlySpan<byte> head, ReadOnlySpan<byte> payload);
}
