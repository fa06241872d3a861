using NetCore.Core;
using NetCore.PubSub.Internal;
using NetCore.Session;
using NetCore.Transport;

namespace NetCore.PubSub.Tests;

/// <summary>A subscriber whose socket nobody reads: the kernel's buffers fill, then the broker waits for it.</summary>
public class SilentSubscriberTests
{
    private const int MaxBytes = 1024 * 1024;
    private const int Messages = 64 * 1024;
    private const int Payload = 2000;

    // The queue with the blocks that it keeps alive; what was sent ahead; what the publisher may have outstanding; and
    // what is under way to the one who reads, which is the same as to the one who does not.
    private const long Bound = ((long)MaxBytes * PubSubLimits.PinnedFactor) + PubSubLimits.PinnedSlackBytes
        + (2 * PubSubLimits.DeliveryWindowBytes) + PubSubLimits.PublishWindowBytes;

    // What it says that it takes, so that no credit stops the broker before the socket does.
    private static readonly SessionOptions Greedy = TopicSessions.Options with
    {
        StreamWindowBytes = SessionLimits.MaxWindowBytes, ConnectionWindowBytes = SessionLimits.MaxWindowBytes,
    };

    [Theory]
    [InlineData("tcp")]
    [InlineData("epoll")]
    [InlineData("unix")]
    public async Task It_costs_its_bound_others_get_everything_and_it_is_told_exactly_what_it_missed(string scheme)
    {
        await using var rig = await RealTopics.StartAsync(scheme, trackBlocks: false);
        using var elsewhere = new World(new WorldOptions());
        await using var client = await ConnectAsync(elsewhere, rig.Address);
        await using var silent = await client.SubscribeAsync(
            "t", static (in MessageView _) => { }, new SubscriptionOptions { MaxBytes = MaxBytes });
        client.Session.Connection.PauseReceive();
        await using var good = await (await rig.ConnectAsync()).SubscribeAsync("t", static (in MessageView _) => { });
        var most = await PublishAsync(rig, good);
        Assert.Equal((Messages, 0), (good.Delivered, good.Lost));

        // More than its queue and its window together: it has not been read, and the broker has not waited for it.
        Assert.InRange(silent.Delivered, 0, Messages / 10);
        Assert.InRange(most, MaxBytes, Bound);

        client.Session.Connection.ResumeReceive();
        await RealTopics.Until(() => silent.Delivered + silent.Lost == Messages, "it is told of every message");
        Assert.True(silent.Lost > 0, "It has lost nothing.");
        Assert.Equal(0, silent.UnknownGaps);
    }

    [Theory]
    [InlineData("tcp")]
    [InlineData("epoll")]
    public async Task It_is_cut_off_in_the_end_and_gives_everything_back(string scheme)
    {
        await using var rig = await RealTopics.StartAsync(scheme, trackBlocks: false);
        using var elsewhere = new World(new WorldOptions());
        await using var client = await ConnectAsync(elsewhere, rig.Address);
        await using var silent = await client.SubscribeAsync("t", static (in MessageView _) => { });
        client.Session.Connection.PauseReceive();
        await using var good = await (await rig.ConnectAsync()).SubscribeAsync("t", static (in MessageView _) => { });
        await PublishAsync(rig, good);

        // Output that waits for 10 s, or a ping without an answer for as long.
        await RealTopics.Until(() => rig.Broker.Subscriptions == 1, "the silent one is gone");
        await PublishAsync(rig, good);
        Assert.Equal((2 * Messages, 0), (good.Delivered, good.Lost));
        await RealTopics.Until(() => rig.World.Budget.Used < MaxBytes, "its memory is back");
        client.Session.Connection.ResumeReceive();
        Assert.Equal(PubSubErrorCode.Unavailable, (await client.Closed).Code);
    }

    private static async Task<TopicClient> ConnectAsync(World world, TransportAddress address) =>
        await TopicClient.ConnectAsync(address, new TopicClientOptions
        {
            World = world, Transport = new SocketTransport(world), Session = Greedy,
        });

    // Never further ahead of the one who reads than its queue, so that it has no reason to lose any.
    private static async Task<long> PublishAsync(RealTopics rig, Subscription good)
    {
        var publisher = (await rig.ConnectAsync()).CreatePublisher("t");
        var payload = new byte[Payload];
        var most = 0L;
        for (var (i, before) = (1, good.Delivered + good.Lost); i <= Messages; i++)
        {
            await publisher.PublishAsync(payload);
            if (i % 256 == 0)
            {
                await RealTopics.Until(() => good.Delivered + good.Lost >= before + i, "the good one gets them");
                most = Math.Max(most, rig.World.Budget.Used);
            }
        }

        return most;
    }
}
