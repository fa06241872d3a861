namespace NetCore.Core;

/// <summary>Randomness that can be seeded, so that a failing run replays. Thread-safe.</summary>
public interface IRandomSource
{
    /// <summary>64 random bits.</summary>
    ulong NextUInt64();
}
