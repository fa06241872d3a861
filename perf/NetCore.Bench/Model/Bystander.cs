namespace NetCore.Bench;

/// <summary>What the subscriber does that stands beside those whose deliveries are counted.</summary>
internal enum Bystander
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>It reads as the others do.</summary>
    Reads,

    /// <summary>It has subscribed and reads nothing any more.</summary>
    Stalls,
}
