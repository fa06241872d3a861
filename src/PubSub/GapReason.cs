namespace NetCore.PubSub;

/// <summary>Why messages are missing. The numbers travel and do not change.</summary>
public enum GapReason
{
    /// <summary>The subscription had no room for them.</summary>
    Overflow = 1,

    /// <summary>Newer messages with the same key took their place.</summary>
    Conflated = 2,

    /// <summary>They were published while nobody was subscribed, and the replay buffer has them no longer.</summary>
    NotKept = 3,

    /// <summary>The broker was started anew: what was published before, and how much, it does not know.</summary>
    NewEpoch = 4,

    /// <summary>They are larger than the subscriber's session takes.</summary>
    TooLarge = 5,

    /// <summary>There was no memory for them.</summary>
    OutOfMemoryBudget = 6,
}
