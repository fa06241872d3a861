using NetCore.Session;

namespace NetCore.PubSub.Tests;

/// <summary>A publish or subscribe that fails at once leaves nothing behind.</summary>
public class PublishFailureTests
{
    private static readonly PublisherOptions Acknowledged =
        new() { Acknowledgement = PublishAcknowledgement.Accepted };

    [Fact]
    public void Publishes_that_the_session_refuses_do_not_use_up_those_that_may_wait()
    {
        using var rig = new TopicRig(options: new BrokerOptions
        {
            Session = new SessionOptions { MaxMessageBytes = 20_000 },
        });
        var client = rig.Connect();
        var publisher = client.CreatePublisher("t", Acknowledged);
        var payload = new byte[30_000];
        for (var i = 0; i < 10; i++)
        {
            var code = Assert.Throws<PubSubException>(() => { _ = publisher.PublishAsync(payload); }).Code;
            Assert.Equal(PubSubErrorCode.MessageTooLarge, code);
        }

        Assert.Equal(0, client.Stream.Outbox.Open);
        rig.Finish(publisher.PublishAsync(TopicRig.Bytes(1)));
        Assert.Equal(0, client.Stream.Outbox.Open);
    }

    [Fact]
    public void A_subscribe_for_which_there_is_no_memory_fails_and_leaves_no_subscription()
    {
        using var rig = new TopicRig();
        var client = rig.Connect();
        var budget = rig.Test.World.Budget;
        var taken = budget.Limit - budget.Used;
        Assert.True(budget.TryReserve(taken));
        Assert.Equal(PubSubErrorCode.OutOfMemoryBudget, rig.Error(client.SubscribeAsync("t").AsTask()));
        Assert.Equal(0, client.Stream.Subscriptions);
        budget.Release(taken);
        var seen = rig.Collect(client, "t");
        rig.Publish(client, "t", 1);
        Assert.Equal([1], seen.Numbers);
    }
}
