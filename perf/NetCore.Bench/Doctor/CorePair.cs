namespace NetCore.Bench.Doctor;

/// <summary>Two cores to measure between.</summary>
/// <param name="First">For a server.</param>
/// <param name="Second">For a client; the same when there is only one.</param>
/// <param name="Reason">Why these.</param>
internal sealed record CorePair(int First, int Second, string Reason)
{
    public bool IsOne => First == Second;

    /// <summary>The first allowed core, and one that shares no execution units with it, if there is one.</summary>
    /// <param name="allowed">Cores of this process, ascending; not empty.</param>
    /// <param name="siblings">The hardware threads of a core's physical core; null when unknown.</param>
    public static CorePair Choose(IReadOnlyList<int> allowed, Func<int, IReadOnlyList<int>?> siblings)
    {
        if (allowed.Count == 1)
        {
            return new CorePair(allowed[0], allowed[0], "the only core that this process may use");
        }

        // Core 0 takes the interrupts of many machines; with enough others it is left to them.
        var first = allowed.Count > 4 && allowed[0] == 0 ? allowed[1] : allowed[0];
        var shared = siblings(first);
        var others = allowed.Where(core => core != first).ToList();
        if (shared is null)
        {
            return new CorePair(first, others[0], "which cores share a physical one is unknown");
        }

        var free = others.Where(core => !shared.Contains(core)).OrderBy(core => core < first).ToList();
        return free.Count > 0
            ? new CorePair(first, free[0], "two physical cores")
            : new CorePair(first, others[0], "hardware threads of one physical core: each slows the other down");
    }
}
