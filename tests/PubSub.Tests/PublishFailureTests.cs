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
        for (var i = 0; i <= PubSubLimits.MaxWaitingPublishes; i++)
        {
            var code = Assert.Throws<PubSubException>(() => { _ = publisher.PublishAsync(payload); }).Code;
            Assert.Equal(PubSubErrorCode.MessageTooLarge, code);
        }

        rig.Finish(publisher.PublishAsync(TopicRig.Bytes(1)));
    }

    [Fact]
    public void A_publish_that_fails_can_still_be_cancelled_and_the_next_goes_on()
    {
        using var rig = new TopicRig(options: new BrokerOptions
        {
            Session = new SessionOptions { MaxMessageBytes = 20_000 },
        });
        using var cancel = new CancellationTokenSource();
        var publisher = rig.Connect().CreatePublisher("t", Acknowledged);
        Assert.Throws<PubSubException>(() => { _ = publisher.PublishAsync(new byte[30_000], cancellationToken: cancel.Token); });
        cancel.Cancel();
        rig.Test.Settle();
        rig.Finish(publisher.PublishAsync(TopicRig.Bytes(1)));
    }

    [Fact]
    public void What_was_published_before_a_publish_that_fails_is_sent_all_the_same()
    {
        using var rig = new TopicRig(options: new BrokerOptions
        {
            Session = new SessionOptions { MaxMessageBytes = 20_000 },
        });
        var client = rig.Connect();
        var seen = rig.Collect(rig.Connect(), "t");
        var publisher = client.CreatePublisher("t");

        // The first goes at once; the second waits for company until the long one sends it away.
        Assert.True(publisher.TryPublish(TopicRig.Bytes(1)));
        Assert.True(publisher.TryPublish(TopicRig.Bytes(2)));
        Assert.Throws<PubSubException>(() => { _ = publisher.TryPublish(new byte[30_000]); });
        rig.Test.Settle();
        Assert.Equal([1, 2], seen.Numbers);
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
