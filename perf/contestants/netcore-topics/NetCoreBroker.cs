using NetCore.Core;
using NetCore.PubSub;
using NetCore.Transport;

namespace NetCore.Bench.Contenders;

/// <summary>The broker of the netcore-topics contestants.</summary>
internal sealed class NetCoreBroker(EngineTransport engine, Broker broker, TransportAddress address) : IServerHalf
{
    public Uri Address { get; } = new(address.ToString());

    // When nothing is under way, every client has its receive buffer and a block that somebody still reads in, and one
    // that does not read has its full queue beside that, and what was sent ahead of what it has taken.
    private const long OfOneThatStands = ((long)PubSubLimits.DefaultMaxBytes * PubSubLimits.PinnedFactor)
        + PubSubLimits.PinnedSlackBytes + PubSubLimits.DeliveryWindowBytes;

    private const long OfEach = 2 * CoreLimits.LargeBlockBytes;

    public HeldMemory? Held => new(
        engine.World.Budget.Used, OfOneThatStands + (Math.Max(1, broker.Clients) * OfEach));

    public long? SystemCalls => engine.SystemCalls;

    public long? Requests => engine.Requests;

    public async ValueTask DisposeAsync()
    {
        await broker.DisposeAsync();
        await engine.DisposeAsync();
    }
}
