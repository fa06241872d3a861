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

    private static async ValueTask<Payload32> EchoLaterAsync(Payload32 payload)
    {
        await Task.Delay(SlowCall.Time);
        return payload;
    }
}
