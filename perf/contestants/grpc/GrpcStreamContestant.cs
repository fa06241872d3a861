namespace NetCore.Bench.Contenders;

/// <summary>A duplex stream of grpc-dotnet for each caller, one message there and one back.</summary>
internal sealed class GrpcStreamContestant : GrpcContestant
{
    public override string Name => "grpc-stream";

    public override string Description => "grpc-dotnet, a duplex stream for each caller instead of unary calls";

    public override bool IsQuick => false;

    public override string? NoItems => "the same as grpc";

    public override Task<IRpcClient> ConnectAsync(Uri address) =>
        Task.FromResult<IRpcClient>(new GrpcStreamClient(NewChannel(address)));
}
