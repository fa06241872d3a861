using Google.Protobuf;
using Grpc.Net.Client;

namespace NetCore.Bench.Contenders;

/// <summary>The calling side of the grpc contestant.</summary>
internal class GrpcClient(GrpcChannel channel) : IRpcClient
{
    protected GrpcEcho.GrpcEchoClient Echo { get; } = new(channel);

    // A caller reuses its request, which only helps: it saves the allocation of the message and of its bytes.
    public virtual async Task CallAsync(Caller caller)
    {
        var requests = new CallerRequests(caller);
        while (await caller.NextAsync())
        {
            var reply = await Echo.EchoAsync(requests.Next);
            caller.Done(reply.Payload.Span);
        }
    }

    public async Task StreamAsync(BulkPace pace)
    {
        using var call = Echo.Sink();
        long bytes = 0;
        while (await pace.NextAsync() is { IsEmpty: false } chunk)
        {
            bytes += chunk.Length;
            await call.RequestStream.WriteAsync(
                new EchoRequest { Payload = UnsafeByteOperations.UnsafeWrap(chunk) });
        }

        await call.RequestStream.CompleteAsync();
        BulkPace.CheckArrived(bytes, (await call).Bytes);
    }

    public virtual ValueTask DisposeAsync()
    {
        channel.Dispose();
        return default;
    }
}
