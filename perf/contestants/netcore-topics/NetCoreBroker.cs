using NetCore.PubSub;
using NetCore.Transport;

namespace NetCore.Bench.Contenders;

/// <summary>The broker of the netcore-topics contestants.</summary>
internal sealed class NetCoreBroker(EngineTransport engine, Broker broker, TransportAddress address) : IServerHalf
{
    public Uri Address { get; } = new(address.ToString());

    public long? SystemCalls => engine.SystemCalls;

    public long? Requests => engine.Requests;

    public async ValueTask DisposeAsync()
    {
        await broker.DisposeAsync();
        await engine.DisposeAsync();
    }
}
