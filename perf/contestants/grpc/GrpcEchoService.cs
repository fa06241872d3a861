using Grpc.Core;

namespace NetCore.Bench.Contenders;

/// <summary>The service of the grpc contestant.</summary>
internal sealed class GrpcEchoService : GrpcEcho.GrpcEchoBase
{
    public override Task<EchoReply> Echo(EchoRequest request, ServerCallContext context) =>
        Task.FromResult(new EchoReply { Payload = request.Payload });
}
