using System.Collections.Concurrent;
using NetCore.PubSub;
using NetCore.Transport;

namespace NetCore.WorkQueue;

/// <summary>A broker, three workers of different speed, and who gives them jobs.</summary>
internal sealed class JobRun(int jobs)
{
    private readonly ConcurrentDictionary<int, string> _done = new();
    private readonly TaskCompletionSource _all = new();

    /// <returns>The exit code of the program.</returns>
    public async Task<int> RunAsync()
    {
        await using var broker = new Broker(new BrokerOptions
        {
            Topics = [new TopicRule("jobs.>") { AllowBlocking = true }],
        });
        var address = await broker.ListenAsync("tcp://127.0.0.1:0");
        var workers = new List<Task>();
        using var stop = new CancellationTokenSource();
        foreach (var (name, milliseconds) in new[] { ("quick", 1), ("steady", 3), ("slow", 9) })
        {
            var ready = new TaskCompletionSource();
            workers.Add(WorkAsync(address, name, milliseconds, ready, stop.Token));
            await await Task.WhenAny(ready.Task, workers[^1]);
        }

        // No worker ends before it is told to, unless by an exception, which ends the run then.
        await await Task.WhenAny([PublishAsync(address), .. workers]);
        await stop.CancelAsync();
        await Task.WhenAll(workers);
        foreach (var worker in _done.Values.GroupBy(static name => name).OrderBy(static group => group.Key))
        {
            Console.WriteLine($"{worker.Key}: {worker.Count()} jobs");
        }

        Console.WriteLine($"{_done.Count} of {jobs} jobs done, each once.");
        return _done.Count == jobs ? 0 : 1;
    }

    private async Task PublishAsync(TransportAddress address)
    {
        await using var client = await TopicClient.ConnectAsync(address);
        var publisher = client.CreatePublisher("jobs.resize", MessageFormats.Blittable<int>(), new PublisherOptions
        {
            Acknowledgement = PublishAcknowledgement.Accepted,
        });
        for (var job = 0; job < jobs; job++)
        {
            await publisher.PublishAsync(job);
        }

        await _all.Task;
    }

    private async Task WorkAsync(
        TransportAddress address, string name, int milliseconds, TaskCompletionSource ready, CancellationToken stop)
    {
        await using var client = await TopicClient.ConnectAsync(address, cancellationToken: stop);
        await using var subscription = await client.SubscribeAsync(
            "jobs.>",
            MessageFormats.Blittable<int>(),
            new SubscriptionOptions
            {
                Group = "workers",
                Overflow = OverflowRule.Block,
                MaxItems = 4,

                // One job at a time: the next one is for whoever is free.
                WindowBytes = 1,
            },
            stop);
        ready.SetResult();
        try
        {
            await foreach (var message in subscription.WithCancellation(stop))
            {
                // The work of the sample, which is not left half done.
                await Task.Delay(milliseconds, CancellationToken.None);
                if (!_done.TryAdd(message.Value, name))
                {
                    throw new InvalidOperationException($"Job {message.Value} was done twice.");
                }

                if (_done.Count == jobs)
                {
                    _all.TrySetResult();
                }
            }
        }
        catch (OperationCanceledException)
        {
        }
    }
}
