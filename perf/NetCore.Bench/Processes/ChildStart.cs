namespace NetCore.Bench;

/// <summary>How to start this program again as a half of a pair.</summary>
/// <param name="Name">What messages call it.</param>
/// <param name="Arguments">Its command line.</param>
internal sealed record ChildStart(string Name, IReadOnlyList<string> Arguments)
{
    /// <summary>Where it runs; null leaves that to the system.</summary>
    public int? Core { get; init; }

    /// <summary>How many cores its runtime believes to have, when it is pinned.</summary>
    public int Processors { get; init; } = 1;

    /// <summary>Variables that its runtime reads when it starts.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();
}
