using System.Diagnostics;
using Google.Protobuf;
using Grpc.Net.Client;

namespace NetCore.Bench.Contenders;

/// <summary>The calling side of the grpc contestant: independent callers that share one channel.</summary>
internal sealed class GrpcClient(GrpcChannel channel) : IEchoClient
{
    private readonly GrpcEcho.GrpcEchoClient _echo = new(channel);

    public Task RunAsync(LoadRun run) => Callers.RunAsync(run, slot => CallAsync(run, slot));

    public ValueTask DisposeAsync()
    {
        channel.Dispose();
        return default;
    }

    // A caller reuses its request, which only helps: it saves the allocation of the message and of its bytes.
    private async Task CallAsync(LoadRun run, int slot)
    {
        var request = new EchoRequest { Payload = ByteString.CopyFrom(Payload.Of(slot)) };
        var start = Stopwatch.GetTimestamp();
        while (!run.Stopping)
        {
            var reply = await _echo.EchoAsync(request);
            Payload.Check(slot, reply.Payload.Span);
            var end = Stopwatch.GetTimestamp();
            run.Record(slot, end - start);
            start = end;
        }
    }
}
