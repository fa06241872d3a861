namespace NetCore.Bench;

/// <summary>What a process has used since it started.</summary>
/// <param name="AllocatedBytes">Bytes of managed memory allocated.</param>
/// <param name="CpuMicroseconds">CPU time, user and kernel.</param>
internal sealed record ProcessUsage(long AllocatedBytes, double CpuMicroseconds)
{
    /// <summary>Of this process. It stops all threads for a moment: not for use while something is measured.</summary>
    public static ProcessUsage Now() =>
        new(GC.GetTotalAllocatedBytes(precise: true), Environment.CpuUsage.TotalTime.TotalMicroseconds);

    public ProcessUsage Since(ProcessUsage before) =>
        new(AllocatedBytes - before.AllocatedBytes, CpuMicroseconds - before.CpuMicroseconds);
}
