namespace NetCore.Bench;

/// <summary>What a process has used since it started.</summary>
internal sealed record ProcessUsage
{
    /// <summary>Bytes of managed memory allocated.</summary>
    public long AllocatedBytes { get; init; }

    /// <summary>CPU time, user and kernel.</summary>
    public double CpuMicroseconds { get; init; }

    /// <summary>Of all threads, voluntary or not.</summary>
    public long ContextSwitches { get; init; }

    /// <summary>Collections of each generation; those of a higher one are not in the count of a lower one.</summary>
    public IReadOnlyList<int> Collections { get; init; } = [0, 0, 0];

    /// <summary>Resident memory now; a difference may be negative.</summary>
    public long ResidentBytes { get; init; }

    /// <summary>Managed memory now, garbage included unless that was collected before.</summary>
    public long ManagedBytes { get; init; }

    /// <summary>Where an engine counts them.</summary>
    public long? SystemCalls { get; init; }

    /// <summary>What a server holds for its peers now; where it counts that.</summary>
    public HeldMemory? Held { get; init; }

    /// <summary>To a ring, where there is one and they are counted.</summary>
    public long? Requests { get; init; }

    /// <summary>Of this process. It stops all threads for a moment: not for use while something is measured.</summary>
    public static ProcessUsage Now()
    {
        var (first, second, third) = (GC.CollectionCount(0), GC.CollectionCount(1), GC.CollectionCount(2));
        return new ProcessUsage
        {
            AllocatedBytes = GC.GetTotalAllocatedBytes(precise: true),
            CpuMicroseconds = Environment.CpuUsage.TotalTime.TotalMicroseconds,
            ContextSwitches = ResourceUsage.ContextSwitches(),
            Collections = [first - second, second - third, third],
            ResidentBytes = Environment.WorkingSet,
            ManagedBytes = GC.GetTotalMemory(forceFullCollection: false),
        };
    }

    /// <summary>Together with what another process has used, as far as the system tells that.</summary>
    public ProcessUsage With(ProcessUsage other) => this with
    {
        CpuMicroseconds = CpuMicroseconds + other.CpuMicroseconds,
        ResidentBytes = ResidentBytes + other.ResidentBytes,
    };

    public ProcessUsage Since(ProcessUsage before) => new()
    {
        AllocatedBytes = AllocatedBytes - before.AllocatedBytes,
        CpuMicroseconds = CpuMicroseconds - before.CpuMicroseconds,
        ContextSwitches = ContextSwitches - before.ContextSwitches,
        Collections = [.. Collections.Zip(before.Collections, static (now, then) => now - then)],
        ResidentBytes = ResidentBytes - before.ResidentBytes,
        ManagedBytes = ManagedBytes - before.ManagedBytes,
        SystemCalls = SystemCalls - before.SystemCalls,
        Requests = Requests - before.Requests,
    };
}
