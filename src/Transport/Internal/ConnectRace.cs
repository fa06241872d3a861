using System.Net;
using NetCore.Core;

namespace NetCore.Transport.Internal;

/// <summary>Connects to the first of several addresses that answers (Happy Eyeballs, RFC 8305).</summary>
/// <remarks>
/// The next address is tried when the one before has failed, or has not answered for a quarter of a second; that one is
/// not given up. So an address that swallows packets costs little of the deadline.
/// </remarks>
/// <typeparam name="T">A connection.</typeparam>
/// <param name="world">Its timers say when the next address is due.</param>
/// <param name="attempt">Connects to one address; it ends soon after its token is cancelled.</param>
/// <param name="drop">Closes a connection that came second.</param>
internal sealed class ConnectRace<T>(
    World world, Func<EndPoint, CancellationToken, Task<T>> attempt, Func<T, ValueTask> drop)
{
    /// <summary>Gives the first connection. All attempts are over when it ends.</summary>
    /// <remarks>When all fail it throws what the first one threw.</remarks>
    public async ValueTask<T> RunAsync(IReadOnlyList<EndPoint> ends, TimeSpan timeout, CancellationToken token)
    {
        using var losers = CancellationTokenSource.CreateLinkedTokenSource(token);
        var running = new List<Task<T>>();
        var wait = Stagger(ends.Count, timeout);
        Task<T>? failed = null;
        try
        {
            for (var next = 0; next < ends.Count || running.Count > 0;)
            {
                token.ThrowIfCancellationRequested();
                // One has failed, or the wait for a further one is over: either way there is room for it.
                if (next < ends.Count)
                {
                    running.Add(attempt(ends[next++], losers.Token));
                }

                var mayStart = next < ends.Count && running.Count < TransportLimits.MaxConnectAttempts;
                if (await FirstEndedAsync(running, mayStart ? wait : null).ConfigureAwait(false) is not { } ended)
                {
                    continue;
                }

                running.Remove(ended);
                if (ended.IsCompletedSuccessfully)
                {
                    return await ended.ConfigureAwait(false);
                }

                failed ??= ended;
            }

            return failed is null
                ? throw new TransportException(TransportError.HostNotFound, "The name has no address.")
                : await failed.ConfigureAwait(false);
        }
        finally
        {
            losers.Cancel();
            await DropAsync(running).ConfigureAwait(false);
        }
    }

    // Of a short deadline each address gets its part.
    private static TimeSpan Stagger(int count, TimeSpan timeout) => TimeSpan.FromMilliseconds(
        Math.Min(TransportLimits.ConnectStaggerMilliseconds, timeout.TotalMilliseconds / Math.Max(1, count)));

    // Null when the wait is over first.
    private async ValueTask<Task<T>?> FirstEndedAsync(List<Task<T>> running, TimeSpan? wait)
    {
        if (wait is not { } time)
        {
            return await Task.WhenAny(running).ConfigureAwait(false);
        }

        var delay = new TimerDelay(world, time);
        var first = await Task.WhenAny([.. running, delay.Task]).ConfigureAwait(false);
        delay.Cut();
        return first as Task<T>;
    }

    private async ValueTask DropAsync(List<Task<T>> losers)
    {
        foreach (var loser in losers)
        {
            await ((Task)loser).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (loser.IsCompletedSuccessfully)
            {
                await drop(await loser.ConfigureAwait(false)).ConfigureAwait(false);
            }
        }
    }
}
