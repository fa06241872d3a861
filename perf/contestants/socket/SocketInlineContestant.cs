namespace NetCore.Bench.Contenders;

/// <summary>The same with <see cref="InlineCompletions"/>.</summary>
internal sealed class SocketInlineContestant : SocketContestant
{
    public override string Name => "socket-inline";

    public override string Description => "System.Net.Sockets, asynchronous, completions inline on the polling thread";

    public override bool IsQuick => false;

    public override IReadOnlyDictionary<string, string> ServerEnvironment => InlineCompletions.Environment;
}
