namespace NetCore.Bench.Contenders;

/// <summary>The service of the netcore contestant.</summary>
internal sealed class PayloadEcho : IPayloadEcho
{
    public ValueTask<Payload32> EchoAsync(Payload32 payload) => new(payload);
}
