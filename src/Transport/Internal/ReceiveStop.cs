namespace NetCore.Transport.Internal;

/// <summary>Why a receive batch ended.</summary>
internal enum ReceiveStop
{
    /// <summary>The kernel has no more; the runner waits for it.</summary>
    Drained,

    /// <summary>The share of this run is used up; other work goes first.</summary>
    Yield,

    /// <summary>No block to receive into.</summary>
    NoMemory,

    /// <summary>Paused or closed.</summary>
    Parked,

    /// <summary>The peer sends no more.</summary>
    EndOfInput,
}
