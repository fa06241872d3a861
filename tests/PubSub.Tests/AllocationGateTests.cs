using NetCore.Testing.Shared;

namespace NetCore.PubSub.Tests;

/// <summary>A message in the steady state allocates nothing, in publisher, broker and subscriber together.</summary>
[Collection(nameof(Alone))]
public class AllocationGateTests
{
    private const int PerWindow = 200_000;
    private const int Windows = 4;

    // What belongs to messages grows with them, in windows of any length. A longer queue or a thread more than ever
    // before does not. Where no window was good, longer ones tell the two apart.
    private const int LongWindows = 3;
    private const int Longer = 4;

    // Not zero: the runtime itself allocates now and then, for a timer or the growth of a queue of the pool.
    private const double MaxBytesPerMessage = 0.1;

    [Theory]
    [InlineData("inproc", false)]
    [InlineData("tcp", false)]
    [InlineData("epoll", false)]
    [InlineData("epoll", true)]
    public async Task A_raw_message_allocates_nothing(string scheme, bool enumerates)
    {
        await using var rig = await RealTopics.StartAsync(
            scheme, trackBlocks: false, new TopicRule("t") { AllowBlocking = true });
        var subscriber = await rig.ConnectAsync();
        var options = new SubscriptionOptions { Overflow = OverflowRule.Block };
        await FillAsync(rig, subscriber, options);
        FilledPool.Fill(rig.World);
        Subscription seen;
        if (enumerates)
        {
            var subscription = await subscriber.SubscribeAsync("t", options);
            _ = Task.Run(() => EnumerateAsync(subscription));
            seen = subscription;
        }
        else
        {
            seen = await subscriber.SubscribeAsync("t", static (in MessageView _) => { }, options);
        }

        var publisher = (await rig.ConnectAsync()).CreatePublisher("t");
        var payload = new byte[128];
        var windows = new List<double>();
        var sent = 0L;
        bool IsGood() => windows.Skip(1).Any(static bytes => bytes < MaxBytesPerMessage);
        while (windows.Count <= Windows + LongWindows && !IsGood())
        {
            // The first window is for warming up.
            var count = PerWindow * (windows.Count <= Windows ? 1 : Longer);
            var before = GC.GetTotalAllocatedBytes(precise: true);
            for (var i = 0; i < count; i++, sent++)
            {
                await publisher.PublishAsync(payload);
            }

            await RealTopics.Until(() => seen.Delivered + seen.Lost == sent, "all is delivered");
            windows.Add((GC.GetTotalAllocatedBytes(precise: true) - before) / (double)count);
        }

        Assert.Equal(0, seen.Lost);
        Assert.True(IsGood(), $"Bytes per message in the windows: {string.Join(", ", windows)}.");
        await seen.DisposeAsync();
    }

    /// <summary>
    /// Makes everything between publisher and subscriber as full as it can be, so that queues and pools of objects have
    /// grown. The blocks of it are small ones: its batches have one message, because it pauses.
    /// </summary>
    private static async Task FillAsync(RealTopics rig, TopicClient subscriber, SubscriptionOptions options)
    {
        await using var stopped = await subscriber.SubscribeAsync("t", options);
        var publisher = (await rig.ConnectAsync()).CreatePublisher("t");
        var payload = new byte[128];
        var sent = 0L;
        for (var refused = 0; refused < 100;)
        {
            if (publisher.TryPublish(payload))
            {
                sent++;
                refused = 0;
            }
            else
            {
                refused++;

                // Lets others run; that nothing is taken for long decides, not the time.
                await Task.Delay(1);
            }
        }

        await foreach (var message in stopped)
        {
            _ = message;
            if (--sent == 0)
            {
                break;
            }
        }
    }

    private static async Task EnumerateAsync(Subscription<ReadOnlyMemory<byte>> subscription)
    {
        await foreach (var message in subscription)
        {
            _ = message;
        }
    }
}
