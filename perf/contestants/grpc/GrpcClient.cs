using System.Buffers.Binary;
using Google.Protobuf;
using Grpc.Core;
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

    public async Task ReceiveAsync(ItemCount count)
    {
        using var call = Echo.Give(RequestOf(count));
        while (await call.ResponseStream.MoveNext())
        {
            if (!count.Take(call.ResponseStream.Current.Payload.Span))
            {
                return;
            }
        }

        throw count.EndedEarly();
    }

    public async Task ExchangeAsync(ItemCount count)
    {
        using var call = Echo.Chat();
        var sending = SendAsync(call, count);
        while (await call.ResponseStream.MoveNext())
        {
            count.Take(call.ResponseStream.Current.Payload.Span);
        }

        await sending;
        count.CheckReturned();
    }

    public virtual ValueTask DisposeAsync()
    {
        channel.Dispose();
        return default;
    }

    private static EchoRequest RequestOf(ItemCount count) =>
        new() { Payload = ByteString.CopyFrom(new byte[count.PayloadBytes]) };

    private static async Task SendAsync(AsyncDuplexStreamingCall<EchoRequest, EchoReply> call, ItemCount count)
    {
        // A write is over when its message has been written: its bytes may change then.
        var bytes = new byte[count.PayloadBytes];
        var request = new EchoRequest { Payload = UnsafeByteOperations.UnsafeWrap(bytes) };
        while (count.TrySend(out var number))
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
            await call.RequestStream.WriteAsync(request);
        }

        await call.RequestStream.CompleteAsync();
    }
}
