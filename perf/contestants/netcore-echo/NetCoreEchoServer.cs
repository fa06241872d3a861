using NetCore.Transport;

namespace NetCore.Bench.Contenders;

/// <summary>The server of the netcore-echo contestant.</summary>
internal sealed class NetCoreEchoServer(Listener listener) : IServerHalf
{
    public Uri Address { get; } = new(listener.Address.ToString());

    public ValueTask DisposeAsync() => listener.DisposeAsync();
}
