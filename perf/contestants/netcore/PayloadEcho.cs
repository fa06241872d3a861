using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetCore.Bench.Contenders;

/// <summary>The service of the netcore contestant.</summary>
internal sealed class PayloadEcho : IPayloadEcho
{
    public ValueTask<Payload32> EchoAsync(Payload32 payload) =>
        SlowCall.IsAskedFor(MemoryMarshal.AsBytes(new ReadOnlySpan<Payload32>(in payload)))
            ? EchoLaterAsync(payload)
            : new ValueTask<Payload32>(payload);

    public ValueTask<ReadOnlyMemory<byte>> EchoBytesAsync(ReadOnlyMemory<byte> payload) => new(payload);

    public async IAsyncEnumerable<Payload32> GiveAsync(
        Payload32 payload, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await ValueTask.CompletedTask;
        while (!cancellationToken.IsCancellationRequested)
        {
            yield return payload;
            payload = payload with { First = payload.First + 1 };
        }
    }

    public IAsyncEnumerable<Payload32> ChatAsync(IAsyncEnumerable<Payload32> items) => items;

    public async ValueTask<long> SinkAsync(IAsyncEnumerable<ReadOnlyMemory<byte>> items)
    {
        long bytes = 0;
        await foreach (var item in items)
        {
            bytes += item.Length;
        }

        return bytes;
    }

    private static async ValueTask<Payload32> EchoLaterAsync(Payload32 payload)
    {
        await Task.Delay(SlowCall.Time);
        return payload;
    }
}
