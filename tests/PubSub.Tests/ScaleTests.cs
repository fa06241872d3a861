namespace NetCore.PubSub.Tests;

[Collection(nameof(Alone))]
public class ScaleTests
{
    [Fact]
    public async Task Ten_thousand_subscriptions_of_one_topic_each_get_everything()
    {
        await using var rig = await RealTopics.StartAsync("inproc", trackBlocks: false);
        var subscriptions = new List<Subscription>();
        for (var i = 0; i < 10; i++)
        {
            var client = await rig.ConnectAsync();
            var started = Enumerable.Range(0, 1000)
                .Select(_ => client.SubscribeAsync("t", static (in MessageView _) => { }).AsTask());
            subscriptions.AddRange(await Task.WhenAll(started));
        }

        Assert.Equal(10_000, rig.Broker.Subscriptions);
        var publisher = (await rig.ConnectAsync()).CreatePublisher(
            "t", new PublisherOptions { Acknowledgement = PublishAcknowledgement.Accepted });
        for (var i = 0; i < 50; i++)
        {
            await publisher.PublishAsync(new byte[100]);
        }

        await RealTopics.Until(() => subscriptions.All(static s => s.Delivered == 50), "all have everything");
        Assert.All(subscriptions, static s => Assert.Equal(0, s.Lost));
    }
}
