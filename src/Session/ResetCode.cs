namespace NetCore.Session;

/// <summary>Why one stream was reset. The numbers travel in RESET frames and do not change.</summary>
public enum ResetCode : uint
{
    /// <summary>Nobody waits for it any more.</summary>
    Cancelled = 1,

    /// <summary>Its deadline has passed.</summary>
    DeadlineExceeded = 2,

    /// <summary>It was never started: too many streams, or the side is draining. It may go elsewhere.</summary>
    Refused = 3,

    /// <summary>A message is larger than allowed.</summary>
    MessageTooLarge = 4,

    /// <summary>Nobody serves its upper protocol here.</summary>
    NoSuchProtocol = 5,

    /// <summary>The memory budget is used up.</summary>
    OutOfMemoryBudget = 6,

    /// <summary>Code above the session failed.</summary>
    Failed = 7,
}
