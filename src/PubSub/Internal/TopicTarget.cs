namespace NetCore.PubSub.Internal;

/// <summary>What a pattern leads to: one subscription, or a queue group.</summary>
internal abstract class TopicTarget;
