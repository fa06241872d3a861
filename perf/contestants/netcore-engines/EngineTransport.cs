using NetCore.Core;
using NetCore.Transport;

namespace NetCore.Bench.Contenders;

/// <summary>The transport of one half, which owns it, and the world that it lives in.</summary>
/// <param name="world">Its world.</param>
/// <param name="transport">The transport.</param>
/// <param name="end">Ends its threads, and waits until the connections have gone; null where it has none.</param>
/// <param name="counters">Reads the engine's own counters; null where it has none.</param>
internal sealed class EngineTransport(
    World world, ITransport transport, Action? end = null, Func<TransportCounters>? counters = null) : IAsyncDisposable
{
    public World World => world;

    public ITransport Transport => transport;

    /// <summary>System calls so far, where the engine counts them.</summary>
    public long? SystemCalls => counters?.Invoke().SystemCalls;

    /// <summary>Requests to a ring so far, where there is one.</summary>
    public long? Requests => transport.Backend == "uring" ? counters?.Invoke().Requests : null;

    /// <summary>Ends its threads, a polling one above all.</summary>
    public async ValueTask DisposeAsync()
    {
        if (end is not null)
        {
            await Task.Run(end);
        }
    }
}
