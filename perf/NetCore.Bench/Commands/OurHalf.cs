namespace NetCore.Bench;

/// <summary>
/// The short names <c>echo</c> and <c>rpc</c> of NetCore's own halves, and the options that choose among its engines.
/// </summary>
internal static class OurHalf
{
    // What there is so far; each has one value, which is the default.
    private static readonly Dictionary<string, string[]> Values = new()
    {
        ["--engine"] = ["sockets"],
        ["--lane"] = ["pool"],
        ["--wait"] = ["block"],
    };

    /// <summary>The contestant with this name or short name.</summary>
    public static Contestant Get(string name) => Roster.Get(name switch
    {
        "echo" => "netcore-echo",
        "rpc" => "netcore",
        _ => name,
    });

    /// <summary>Takes an option with its value.</summary>
    /// <exception cref="UsageException">There is no such option, or no such value yet.</exception>
    public static void Take(string option, CommandLine line)
    {
        if (!Values.TryGetValue(option, out var values))
        {
            throw CommandLine.Unknown(option);
        }

        var value = line.Text(option);
        if (!values.Contains(value))
        {
            throw new UsageException($"{option} takes {string.Join(" or ", values)} so far, not '{value}'.");
        }
    }
}
