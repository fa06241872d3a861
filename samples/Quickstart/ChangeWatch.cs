using System.Diagnostics;
using NetCore.PubSub;
using NetCore.Session;

namespace NetCore.Quickstart;

/// <summary>The client's look at changes: it writes a file and waits until the server has told of it.</summary>
internal static class ChangeWatch
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Whether the change was seen.</summary>
    /// <param name="session">That of the calls; topics go beside them.</param>
    /// <param name="scratch">A directory that the server watches.</param>
    /// <param name="stop">Ends the wait.</param>
    public static async Task<bool> RunAsync(PeerSession session, string scratch, CancellationToken stop)
    {
        await using var topics = await TopicClient.OverAsync(session, cancellationToken: stop);
        await using var changes = await topics.SubscribeAsync(
            FileChanges.Topic, MessageFormats.Text, cancellationToken: stop);

        // A new file of a name that nobody else has: the directory may be shared with others.
        var name = $"netcore-{Guid.NewGuid():N}.txt";
        var path = Path.Combine(scratch, name);
        var start = Stopwatch.GetTimestamp();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        try
        {
            await using (var file = new StreamWriter(new FileStream(path, FileMode.CreateNew, FileAccess.Write)))
            {
                await file.WriteAsync("changed");
            }

            await foreach (var change in changes.WithCancellation(patience.Token))
            {
                if (change.Gap is null && change.Value == name)
                {
                    var elapsed = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                    Console.WriteLine($"  wrote {name} and saw it on topic {change.Topic} after {elapsed:F1} ms");
                    return true;
                }
            }
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // Nothing has come for so long; that is said below.
        }
        finally
        {
            File.Delete(path);
        }

        Console.Error.WriteLine($"  wrote {name} and did NOT see it within {Patience.TotalSeconds:0} s on topic "
            + $"{FileChanges.Topic}. Was the server started with --watch {scratch}?");
        return false;
    }
}
