namespace NetCore.Core;

/// <summary>The sizes and bounds of the core, each with its derivation.</summary>
public static class CoreLimits
{
    /// <summary>
    /// Bytes of a small block: a payload of 1 KiB, the size up to which a message is copied into its send batch,
    /// plus 256 bytes for the headers that travel before it.
    /// </summary>
    public const int SmallBlockBytes = 1024 + 256;

    /// <summary>Bytes of a medium block: one largest frame payload (16 KiB) plus 256 bytes of header room.</summary>
    public const int MediumBlockBytes = 16 * 1024 + 256;

    /// <summary>
    /// Bytes of a large block: a receive buffer that holds one largest frame (16 KiB + 20) wherever it starts in the
    /// first half, so that a frame is contiguous after at most one move of its beginning.
    /// </summary>
    public const int LargeBlockBytes = 32 * 1024;

    /// <summary>
    /// Default byte budget of a world: 1 GiB, which is 10,000 connections with three large blocks each. A service in
    /// a small container sets a quarter of the container's memory instead.
    /// </summary>
    public const long DefaultByteBudget = 1L << 30;

    /// <summary>
    /// Blocks of one size that a pool keeps for the next renter, per size: 1,024 large ones are 32 MiB, the working
    /// set of about 500 busy connections; what returns above that is left to the collector.
    /// </summary>
    public const int MaxRetainedBlocks = 1024;

    /// <summary>
    /// Blocks that a tracking pool keeps back after their return, so that a late write or a late return meets a
    /// poisoned block and not a new owner's data: 64 are about one batch of 64 messages.
    /// </summary>
    public const int QuarantineBlocks = 64;

    /// <summary>
    /// Blocks that a leak report describes one by one: 16 stacks fill a screen or two, and a leak repeats itself.
    /// </summary>
    public const int MaxDescribedBlocks = 16;

    /// <summary>
    /// Warnings and errors of one kind that a world writes in a second; the rest is counted. With a stack each has
    /// about 2 KB, so that a peer who causes them without end fills 20 KB a second and not a disk.
    /// </summary>
    public const int LoggedPerSecond = 10;

    /// <summary>The longest delay that the timer wheel takes, in milliseconds: 256^4 ticks of 1 ms, 49 days.</summary>
    public const long MaxTimerMilliseconds = (1L << 32) - 1;

    /// <summary>
    /// Small blocks that a thread of an executor keeps for itself: the messages of 64 calls, which is one gate entry's
    /// worth of a session; 80 KiB.
    /// </summary>
    public const int CachedSmallBlocks = 64;

    /// <summary>
    /// Blocks of each larger size that a thread of an executor keeps for itself: one that is received into, one whose
    /// bytes somebody still holds, and as many spare; 192 KiB.
    /// </summary>
    public const int CachedLargeBlocks = 4;
}
