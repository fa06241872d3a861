namespace NetCore.Native.Uring;

/// <summary>How a ring is made.</summary>
internal sealed record RingOptions
{
    /// <summary>Entries of the submission queue; the kernel makes a power of two of it.</summary>
    public uint Entries { get; init; } = 512;

    /// <summary>Entries of the completion queue, at least as many as <see cref="Entries"/>.</summary>
    public uint CompletionEntries { get; init; } = 2048;

    /// <summary>Where the halving of <see cref="Entries"/> ends that a lack of memory starts.</summary>
    public uint LeastEntries { get; init; } = 256;

    /// <summary>
    /// The only set of flags to try; null tries each that <see cref="Disabled"/> leaves, the best first.
    /// </summary>
    public RingRung? Only { get; init; }

    /// <summary>What is not used though the kernel has it.</summary>
    public RingFeatures Disabled { get; init; }

    /// <summary>
    /// Whether the ring waits for <see cref="Ring.Enable"/>, whose thread is then the one that submits.
    /// </summary>
    public bool StartDisabled { get; init; }
}
