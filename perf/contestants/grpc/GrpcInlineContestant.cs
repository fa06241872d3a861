namespace NetCore.Bench.Contenders;

/// <summary>The same, with completions of sockets on the thread that polls the kernel on both sides.</summary>
internal sealed class GrpcInlineContestant : GrpcContestant
{
    private static readonly Dictionary<string, string> Inline =
        new() { ["DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS"] = "1" };

    public override string Name => "grpc-inline";

    public override string Description => "grpc-dotnet, unary calls, completions inline on the polling thread";

    public override bool IsQuick => false;

    public override IReadOnlyDictionary<string, string> ServerEnvironment => Inline;

    public override IReadOnlyDictionary<string, string> ClientEnvironment => Inline;
}
