namespace NetCore.Bench.Contenders;

/// <summary>The same, with completions of sockets on the thread that polls the kernel on both sides.</summary>
internal sealed class GrpcInlineContestant : GrpcContestant
{
    public override string Name => "grpc-inline";

    public override string Description => "grpc-dotnet, unary calls, completions inline on the polling thread";

    public override bool IsQuick => false;

    public override IReadOnlyDictionary<string, string> ServerEnvironment => InlineCompletions.Environment;

    public override IReadOnlyDictionary<string, string> ClientEnvironment => InlineCompletions.Environment;
}
