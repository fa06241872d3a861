using System.Diagnostics;

namespace NetCore.Bench;

/// <summary>Says when the next write of a one-way stream may go out.</summary>
/// <param name="ratePerSecond">Writes in a second; 0: as many as go.</param>
/// <param name="chunk">The bytes of each.</param>
internal sealed class BulkPace(double ratePerSecond, ReadOnlyMemory<byte> chunk)
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private volatile bool _stopping;

    /// <summary>Writes given out.</summary>
    public long Writes { get; private set; }

    public void Stop() => _stopping = true;

    /// <summary>What to write next; empty when the stream is to end.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> NextAsync()
    {
        // A timer of the runtime is coarse: several writes then go out together, as streams of real programs do.
        while (ratePerSecond > 0 && !_stopping
            && Stopwatch.GetElapsedTime(_start).TotalSeconds * ratePerSecond < Writes)
        {
            await Task.Delay(1);
        }

        if (_stopping)
        {
            return default;
        }

        Writes++;
        return chunk;
    }

    /// <exception cref="BenchException">The server has got another number of bytes.</exception>
    public static void CheckArrived(long sent, long arrived)
    {
        if (sent != arrived)
        {
            throw new BenchException($"The server has got {arrived} of {sent} bytes.");
        }
    }
}
