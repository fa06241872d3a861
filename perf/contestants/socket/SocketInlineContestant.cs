namespace NetCore.Bench.Contenders;

/// <summary>
/// The same, with completions on the thread that polls the kernel instead of one of the pool: faster, and not safe for
/// code that blocks.
/// </summary>
internal sealed class SocketInlineContestant : SocketContestant
{
    public override string Name => "socket-inline";

    public override string Description => "System.Net.Sockets, asynchronous, completions inline on the polling thread";

    public override bool IsQuick => false;

    public override IReadOnlyDictionary<string, string> ServerEnvironment { get; } =
        new Dictionary<string, string> { ["DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS"] = "1" };
}
