namespace NetCore.Quickstart;

/// <summary>What is known of a file without reading it. Travels as its 16 bytes.</summary>
/// <param name="Length">Bytes.</param>
/// <param name="ModifiedTicks">Last change, in 100 ns since year 1, UTC.</param>
public readonly record struct FileStat(long Length, long ModifiedTicks);
