namespace NetCore.PubSub;

/// <summary>How far a subscriber has come in one topic.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Sequence">The last message that it has handled, or has been told is lost.</param>
public readonly record struct TopicPosition(string Topic, ulong Sequence);
