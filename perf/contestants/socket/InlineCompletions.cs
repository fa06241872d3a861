namespace NetCore.Bench.Contenders;

/// <summary>
/// Has the runtime complete operations of sockets on the thread that polls the kernel instead of one of the pool:
/// faster, and not safe for code that blocks. It reads this when its first socket is made.
/// </summary>
internal static class InlineCompletions
{
    public static IReadOnlyDictionary<string, string> Environment { get; } =
        new Dictionary<string, string> { ["DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS"] = "1" };
}
