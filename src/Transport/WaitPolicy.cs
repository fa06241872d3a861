namespace NetCore.Transport;

/// <summary>What a reactor does while nothing is ready.</summary>
public enum WaitPolicy
{
    /// <summary>
    /// It sleeps in the kernel at once. Costs no processor time; a wake-up costs 20 to 70 us. Default.
    /// </summary>
    Blocking,

    /// <summary>
    /// It looks again and again for up to 50 us and then sleeps; where looking has brought nothing lately it
    /// sleeps at once. For machines with a core to spare.
    /// </summary>
    Adaptive,

    /// <summary>It never sleeps. Takes a whole core for the lowest latency.</summary>
    BusyPoll,
}
