using System.Buffers.Binary;
using Google.Protobuf;
using Grpc.Core;

namespace NetCore.Bench.Contenders;

/// <summary>The service of the grpc contestants.</summary>
internal sealed class GrpcEchoService : GrpcEcho.GrpcEchoBase
{
    public override Task<EchoReply> Echo(EchoRequest request, ServerCallContext context) =>
        SlowCall.IsAskedFor(request.Payload.Span)
            ? EchoLaterAsync(request)
            : Task.FromResult(new EchoReply { Payload = request.Payload });

    public override async Task Chat(
        IAsyncStreamReader<EchoRequest> requestStream,
        IServerStreamWriter<EchoReply> responseStream,
        ServerCallContext context)
    {
        while (await requestStream.MoveNext())
        {
            var payload = requestStream.Current.Payload;
            if (SlowCall.IsAskedFor(payload.Span))
            {
                await Task.Delay(SlowCall.Time);
            }

            await responseStream.WriteAsync(new EchoReply { Payload = payload });
        }
    }

    public override async Task Give(
        EchoRequest request, IServerStreamWriter<EchoReply> responseStream, ServerCallContext context)
    {
        // A write is over when its message has been written: its bytes may change then.
        var bytes = request.Payload.ToByteArray();
        var reply = new EchoReply { Payload = UnsafeByteOperations.UnsafeWrap(bytes) };
        for (var number = 0L; !context.CancellationToken.IsCancellationRequested; number++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
            await responseStream.WriteAsync(reply);
        }
    }

    public override async Task<SinkReply> Sink(
        IAsyncStreamReader<EchoRequest> requestStream, ServerCallContext context)
    {
        long bytes = 0;
        while (await requestStream.MoveNext())
        {
            bytes += requestStream.Current.Payload.Length;
        }

        return new SinkReply { Bytes = bytes };
    }

    private static async Task<EchoReply> EchoLaterAsync(EchoRequest request)
    {
        await Task.Delay(SlowCall.Time);
        return new EchoReply { Payload = request.Payload };
    }
}
