using NetCore.Core;

namespace NetCore.Testing.Shared;

/// <summary>Random bits that follow from a seed (the SplitMix64 sequence). Thread-safe.</summary>
public sealed class SeededRandomSource(ulong seed) : IRandomSource
{
    private ulong _state = seed;

    /// <inheritdoc/>
    public ulong NextUInt64()
    {
        var z = Interlocked.Add(ref _state, 0x9E3779B97F4A7C15);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>A number from 0 up to and without <paramref name="end"/>.</summary>
    public int Next(int end) => (int)(NextUInt64() % (ulong)end);
}
