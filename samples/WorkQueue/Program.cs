using System.Collections.Concurrent;
using NetCore.PubSub;

// Jobs for a group of workers of different speed: each job is for one of them, and no job is lost, because the owner
// of the topic lets its subscribers hold up its publishers.
if (args is ["--help"] or ["-h"])
{
    Console.WriteLine("""
        WorkQueue: jobs for a queue group of workers of different speed.

          dotnet run --project samples/WorkQueue -- [JOBS]     200 jobs unless told otherwise
        """);
    return 0;
}

if (args.Length > 1 || (args.Length == 1 && (!int.TryParse(args[0], out var given) || given < 1)))
{
    Console.Error.WriteLine("The one argument is the number of jobs, at least 1; see --help.");
    return 2;
}

var jobs = args.Length == 1 ? int.Parse(args[0]) : 200;
await using var broker = new Broker(new BrokerOptions
{
    Topics = [new TopicRule("jobs.>") { AllowBlocking = true }],
});
var address = await broker.ListenAsync("tcp://127.0.0.1:0");
var done = new ConcurrentDictionary<int, string>();
var all = new TaskCompletionSource();
var workers = new List<Task>();
using var stop = new CancellationTokenSource();
foreach (var (name, milliseconds) in new[] { ("quick", 1), ("steady", 3), ("slow", 9) })
{
    var ready = new TaskCompletionSource();
    workers.Add(WorkAsync(name, milliseconds, ready));
    await ready.Task;
}

await using (var client = await TopicClient.ConnectAsync(address))
{
    var publisher = client.CreatePublisher("jobs.resize", MessageFormats.Blittable<int>(), new PublisherOptions
    {
        Acknowledgement = PublishAcknowledgement.Accepted,
    });
    for (var job = 0; job < jobs; job++)
    {
        await publisher.PublishAsync(job);
    }

    await all.Task;
}

await stop.CancelAsync();
await Task.WhenAll(workers);
foreach (var worker in done.Values.GroupBy(static name => name).OrderBy(static group => group.Key))
{
    Console.WriteLine($"{worker.Key}: {worker.Count()} jobs");
}

Console.WriteLine($"{done.Count} of {jobs} jobs done, each once.");
return done.Count == jobs ? 0 : 1;

async Task WorkAsync(string name, int milliseconds, TaskCompletionSource ready)
{
    await using var client = await TopicClient.ConnectAsync(address);
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
        });
    ready.SetResult();
    try
    {
        await foreach (var message in subscription.WithCancellation(stop.Token))
        {
            // The work of the sample.
            await Task.Delay(milliseconds);
            if (!done.TryAdd(message.Value, name))
            {
                throw new InvalidOperationException($"Job {message.Value} was done twice.");
            }

            if (done.Count == jobs)
            {
                all.TrySetResult();
            }
        }
    }
    catch (OperationCanceledException)
    {
    }
}
