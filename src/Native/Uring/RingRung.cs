namespace NetCore.Native.Uring;

/// <summary>Sets of set-up flags, the best first; each needs an older kernel than the one before.</summary>
internal enum RingRung
{
    /// <summary>Deferred task work and no array of indices: Linux 6.6.</summary>
    DeferredWithoutArray,

    /// <summary>Deferred task work: Linux 6.1.</summary>
    Deferred,

    /// <summary>Cooperative task work and one thread that submits: Linux 6.0.</summary>
    CooperativeSingleIssuer,

    /// <summary>Cooperative task work: Linux 5.19.</summary>
    Cooperative,

    /// <summary>No flags but the sizes: Linux 5.11.</summary>
    Plain,
}
