using NetCore.Transport;

namespace NetCore.Bench.Contenders;

/// <summary>The server of the netcore-echo contestants.</summary>
internal sealed class NetCoreEchoServer(EngineTransport engine, Listener listener) : IServerHalf
{
    public Uri Address { get; } = new(listener.Address.ToString());

    public long? SystemCalls => engine.SystemCalls;

    public long? Requests => engine.Requests;

    public async ValueTask DisposeAsync()
    {
        await listener.DisposeAsync();
        await engine.DisposeAsync();
    }
}
