using System.Collections.Concurrent;
using Grpc.Core;
using Grpc.Net.Client;

namespace NetCore.Bench.Contenders;

/// <summary>The calling side of the grpc-stream contestant; a caller keeps its stream.</summary>
internal sealed class GrpcStreamClient(GrpcChannel channel) : GrpcClient(channel)
{
    private readonly ConcurrentDictionary<int, AsyncDuplexStreamingCall<EchoRequest, EchoReply>> _streams = new();

    public override async Task CallAsync(Caller caller)
    {
        var requests = new CallerRequests(caller);
        var stream = _streams.GetOrAdd(caller.Slot, _ => Echo.Chat());
        while (await caller.NextAsync())
        {
            await stream.RequestStream.WriteAsync(requests.Next);
            if (!await stream.ResponseStream.MoveNext())
            {
                throw new BenchException("The server has ended a stream.");
            }

            caller.Done(stream.ResponseStream.Current.Payload.Span);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (var stream in _streams.Values)
        {
            await stream.RequestStream.CompleteAsync();
            stream.Dispose();
        }

        await base.DisposeAsync();
    }
}
