namespace NetCore.Bench;

/// <summary>What a contestant is compared with first: raw system calls that do as much as it has to.</summary>
internal static class Floors
{
    /// <summary>The floor of topics: bytes that are passed on.</summary>
    public const string TwoHops = "floor-twohop";

    /// <summary>The floor of <paramref name="contestant"/> among those present; null when there is none.</summary>
    /// <remarks>
    /// A call is compared with a framed echo, which reads a header and copies the payload: a plain one answers all
    /// messages of a receive with one send and looks at none.
    /// </remarks>
    public static string? Of(Contestant contestant, Scenario scenario, IEnumerable<string> present)
    {
        var spin = scenario.Wait == WaitMode.Spin ? "-spin" : "";
        string[] names = contestant.Kind switch
        {
            ContestantKind.Echo => ["floor" + spin],
            ContestantKind.Topics => [TwoHops],
            _ => ["floor-framed" + spin, "floor" + spin],
        };
        return names.FirstOrDefault(present.Contains);
    }

    /// <summary>Whether a name of a report is that of NetCore, on whatever engine.</summary>
    public static bool IsOurs(string contestant) => contestant.StartsWith("netcore", StringComparison.Ordinal);
}
