namespace NetCore.PubSub.Internal;

/// <summary>What a message has from its batch and its broker.</summary>
internal readonly record struct MessageOrigin(
    ulong Sequence, ulong Epoch, DateTimeOffset Timestamp, bool IsSnapshot);
