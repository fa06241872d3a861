using NetCore.Transport;

namespace NetCore.Bench.Contenders;

/// <summary>The transport of one half, which owns it.</summary>
/// <param name="transport">It is disposed with this when it has threads.</param>
/// <param name="systemCalls">Reads the engine's own counters; null where it has none.</param>
internal sealed class EngineTransport(ITransport transport, Func<long>? systemCalls = null) : IAsyncDisposable
{
    public ITransport Transport => transport;

    /// <summary>System calls so far, where the engine counts them.</summary>
    public long? SystemCalls => systemCalls?.Invoke();

    /// <summary>Ends its threads, a polling one above all; waits until the connections have gone.</summary>
    public async ValueTask DisposeAsync()
    {
        if (transport is IDisposable threads)
        {
            await Task.Run(threads.Dispose);
        }
    }
}
