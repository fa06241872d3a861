namespace NetCore.Quickstart;

/// <summary>Counters of the server process.</summary>
/// <param name="AllocatedBytes">Managed bytes allocated since its start.</param>
public readonly record struct ServerStats(long AllocatedBytes);
