namespace NetCore.PubSub.Tests;

public class ResumeTests
{
    private static BrokerOptions Replay(int messages) =>
        TopicRig.With(new TopicRule("r.>") { ReplayMessages = messages });

    [Fact]
    public void Who_comes_back_gets_what_was_missed_from_the_replay_buffer()
    {
        using var rig = new TopicRig(options: Replay(100));
        var client = rig.Connect();
        var seen = rig.Collect(client, "r.a");
        rig.Publish(client, "r.a", 1, 2, 3);
        var positions = seen.Subscription.Positions;
        rig.Finish(seen.Subscription.DisposeAsync());
        rig.Publish(client, "r.a", Enumerable.Range(4, 20));
        var again = rig.Collect(client, "r.a", new SubscriptionOptions { ResumeFrom = positions });
        rig.Publish(client, "r.a", 24);
        Assert.Equal(Enumerable.Range(4, 21), again.Numbers);
        Assert.Empty(again.Gaps);
    }

    [Fact]
    public void What_the_buffer_has_no_longer_is_told_with_its_exact_count()
    {
        using var rig = new TopicRig(options: Replay(5));
        var client = rig.Connect();
        var seen = rig.Collect(client, "r.a");
        rig.Publish(client, "r.a", 1, 2, 3);
        rig.Finish(seen.Subscription.DisposeAsync());
        rig.Publish(client, "r.a", Enumerable.Range(4, 20));
        var options = new SubscriptionOptions { ResumeFrom = seen.Subscription.Positions };
        var again = rig.Collect(client, "r.a", options);
        Assert.Equal([19, 20, 21, 22, 23], again.Numbers);
        Assert.Equal(new Gap("r.a", 4, 18, 15, GapReason.NotKept), Assert.Single(again.Gaps));
        Assert.NotNull(again.All[0].Gap);
        Assert.Equal(23ul, Assert.Single(again.Subscription.Positions.Positions).Sequence);
    }

    [Fact]
    public void Without_a_buffer_the_count_is_exact_all_the_same()
    {
        using var rig = new TopicRig();
        var client = rig.Connect();
        var seen = rig.Collect(client, "a.*");
        rig.Publish(client, "a.x", 1, 2);
        rig.Publish(client, "a.y", 1);
        rig.Finish(seen.Subscription.DisposeAsync());
        rig.Publish(client, "a.x", 3, 4, 5);
        var options = new SubscriptionOptions { ResumeFrom = seen.Subscription.Positions };
        var again = rig.Collect(client, "a.*", options);
        rig.Publish(client, "a.y", 2);
        Assert.Equal(new Gap("a.x", 3, 5, 3, GapReason.NotKept), Assert.Single(again.Gaps));
        Assert.Equal([2], again.Numbers);
    }

    [Fact]
    public void Topics_that_were_never_seen_are_told_without_a_count()
    {
        using var rig = new TopicRig();
        var client = rig.Connect();
        var seen = rig.Collect(client, "a.*");
        rig.Publish(client, "a.x", 1);
        rig.Finish(seen.Subscription.DisposeAsync());
        rig.Publish(client, "a.new", 1, 2);
        var again = rig.Collect(
            client, "a.*", new SubscriptionOptions { ResumeFrom = seen.Subscription.Positions });
        var gap = Assert.Single(again.Gaps);
        Assert.Null(gap.Count);
        Assert.Equal("a.new", gap.Topic);
        Assert.Equal(1, again.Subscription.UnknownGaps);
    }

    [Fact]
    public void The_death_of_a_broker_is_one_gap_of_unknown_size_for_each_subscriber()
    {
        using var rig = new TopicRig(options: Replay(100));
        var client = rig.Connect();
        var seen = Enumerable.Range(0, 3).Select(i => rig.Collect(client, i == 0 ? "r.>" : "r.a")).ToList();
        rig.Publish(client, "r.a", 1, 2);
        var epoch = rig.Broker.Epoch;
        rig.RestartBroker();
        Assert.NotEqual(epoch, rig.Broker.Epoch);
        var next = rig.Connect();
        var again = seen.Select(old => rig.Collect(
            next,
            old.Subscription.Pattern,
            new SubscriptionOptions { ResumeFrom = old.Subscription.Positions })).ToList();
        rig.Publish(next, "r.a", 7);
        foreach (var subscriber in again)
        {
            Assert.Equal(new Gap(null, 0, 0, null, GapReason.NewEpoch), Assert.Single(subscriber.Gaps));
            Assert.NotNull(subscriber.All[0].Gap);
            Assert.Equal([7], subscriber.Numbers);
            Assert.Equal(1ul, subscriber.All[1].Sequence);
        }
    }

    [Fact]
    public void A_topic_that_was_forgotten_goes_on_with_higher_numbers_and_its_loss_is_not_guessed()
    {
        using var rig = new TopicRig(options: new BrokerOptions { MaxTopics = 4 });
        var client = rig.Connect();
        var seen = rig.Collect(client, "t.0");
        rig.Publish(client, "t.0", 1, 2, 3);
        rig.Finish(seen.Subscription.DisposeAsync());
        for (var i = 1; i < 20; i++)
        {
            rig.Publish(client, $"t.{i}", 1);
        }

        Assert.Equal(4, rig.Broker.Topics);
        var again = rig.Collect(
            client, "t.0", new SubscriptionOptions { ResumeFrom = seen.Subscription.Positions });
        rig.Publish(client, "t.0", 4);
        Assert.Null(Assert.Single(again.Gaps).Count);
        Assert.True(again.All[^1].Sequence > 3);
    }

    [Fact]
    public void Topics_that_keep_messages_are_not_forgotten_and_more_are_refused()
    {
        using var rig = new TopicRig(options: Replay(10) with { MaxTopics = 2 });
        var client = rig.Connect();
        rig.Publish(client, "r.a", 1);
        rig.Publish(client, "r.b", 1);
        var publisher = client.CreatePublisher(
            "r.c", new PublisherOptions { Acknowledgement = PublishAcknowledgement.Accepted });
        Assert.Equal(PubSubErrorCode.TooManyTopics, rig.Error(publisher.PublishAsync([1]).AsTask()));
        Assert.Equal(1, client.Refused);
    }
}
