using NetCore.PubSub.Internal;

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
    public void A_queue_that_is_shorter_than_what_is_replayed_tells_what_it_drops_and_what_was_not_kept()
    {
        using var rig = new TopicRig(options: Replay(5));
        var client = rig.Connect();
        var seen = rig.Collect(client, "r.>");
        rig.Publish(client, "r.a", 1);
        rig.Publish(client, "r.b", 1);
        rig.Finish(seen.Subscription.DisposeAsync());
        rig.Publish(client, "r.a", Enumerable.Range(2, 5));
        rig.Publish(client, "r.b", Enumerable.Range(2, 12));

        // All five of the one topic and two of the other are dropped; what was not kept of that stands before its two.
        var options = new SubscriptionOptions { ResumeFrom = seen.Subscription.Positions, MaxItems = 3 };
        var again = rig.Collect(client, "r.>", options);
        Assert.Equal([11, 12, 13], again.Numbers);
        Assert.Equal((3, 14), (again.Subscription.Delivered, again.Subscription.Lost));
        Assert.Equal(
            [
                new Gap("r.a", 2, 6, 5, GapReason.Overflow),
                new Gap("r.b", 2, 8, 7, GapReason.NotKept),
                new Gap("r.b", 9, 10, 2, GapReason.Overflow),
            ],
            again.Gaps);
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
    public void A_position_that_no_message_had_is_told_as_a_gap_without_a_count()
    {
        using var rig = new TopicRig(options: Replay(5));
        var client = rig.Connect();
        rig.Publish(client, "r.a", 1, 2, 3);
        var positions = new TopicPositions(client.Epoch, [new TopicPosition("r.a", 4)]);
        var seen = rig.Collect(client, "r.a", new SubscriptionOptions { ResumeFrom = positions });
        rig.Publish(client, "r.a", 4);
        Assert.Null(Assert.Single(seen.Gaps).Count);
        Assert.Equal([4], seen.Numbers);
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
    public void A_topic_that_was_forgotten_and_has_no_message_yet_tells_its_loss_too()
    {
        using var rig = new TopicRig(options: new BrokerOptions { MaxTopics = 4 });
        var client = rig.Connect();
        var seen = rig.Collect(client, "t.0");
        rig.Publish(client, "t.0", 1, 2, 3);
        rig.Finish(seen.Subscription.DisposeAsync());
        rig.Publish(client, "t.0", 4);
        for (var i = 1; i < 20; i++)
        {
            rig.Publish(client, $"t.{i}", 1);
        }

        // As if another thread were about to publish the first message of its new life.
        Assert.True(rig.Broker.Core.TryGetTopic("t.0"u8, out _));
        var again = rig.Collect(
            client, "t.0", new SubscriptionOptions { ResumeFrom = seen.Subscription.Positions });
        rig.Publish(client, "t.0", 5);
        Assert.Null(Assert.Single(again.Gaps).Count);
        Assert.NotNull(again.All[0].Gap);
        Assert.Equal([5], again.Numbers);
    }

    [Fact]
    public void A_handler_that_disposes_in_the_middle_of_a_batch_comes_back_for_the_rest()
    {
        using var rig = new TopicRig(options: Replay(100));
        var client = rig.Connect();
        Subscription subscription = null!;
        var numbers = new List<int>();
        subscription = rig.Get(client.SubscribeAsync("r.a", (in MessageView view) =>
        {
            numbers.Add(BitConverter.ToInt32(view.Payload));
            if (numbers.Count == 3)
            {
                _ = subscription.DisposeAsync().AsTask();
            }
        }));
        var publisher = rig.Connect().CreatePublisher("r.a");
        for (var i = 1; i <= 10; i++)
        {
            Assert.True(publisher.TryPublish(TopicRig.Bytes(i)));
        }

        rig.Test.Settle();
        Assert.Equal([1, 2, 3], numbers);
        Assert.Equal(3, subscription.Delivered);
        var again = rig.Collect(client, "r.a", new SubscriptionOptions { ResumeFrom = subscription.Positions });
        rig.Test.Settle();
        Assert.Equal([4, 5, 6, 7, 8, 9, 10], again.Numbers);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_loss_that_was_told_before_an_older_message_does_not_count_as_far_as_one_has_come(bool handles)
    {
        using var fake = new FakeBroker();
        var connecting = fake.Connect();
        fake.Answer(FakeBroker.Attached);
        var options = new SubscriptionOptions { Overflow = OverflowRule.Conflate };
        var told = 0;
        Task<Subscription> subscribing = handles
            ? connecting.Result.SubscribeAsync("r.a", (in MessageView _) => told++, options).AsTask()
            : Pull();
        async Task<Subscription> Pull() => await connecting.Result.SubscribeAsync("r.a", options);
        fake.Answer(RawTopics.Block(BlockKind.Subscribed, RawTopics.Fields(1)));
        var subscription = subscribing.Result;

        // Of 1 for one key, and 2 and 3 for another, 2 was replaced; nothing else has come yet.
        fake.Answer(RawTopics.Block(
            BlockKind.Gap,
            [
                .. RawTopics.Fields(1, (uint)GapReason.Conflated), .. BitConverter.GetBytes(2ul),
                .. BitConverter.GetBytes(2ul), .. BitConverter.GetBytes(1ul),
            ],
            "r.a"));
        if (subscription is Subscription<ReadOnlyMemory<byte>> pulled)
        {
            var enumerator = pulled.GetAsyncEnumerator();
            told += enumerator.MoveNextAsync().AsTask().Result ? 1 : 0;
            fake.Finish(enumerator.DisposeAsync());
        }

        Assert.Equal(1, told);
        Assert.Equal(1, subscription.Lost);
        Assert.Empty(subscription.Positions.Positions);
    }

    [Fact]
    public void Who_conflates_and_stops_between_a_loss_and_an_older_message_gets_that_when_it_comes_back()
    {
        using var rig = new TopicRig(options: Replay(100));
        var client = rig.Connect();
        var options = new SubscriptionOptions { Overflow = OverflowRule.Conflate, WindowBytes = 1 };
        var pulled = rig.Pull(client, "r.a", options);
        var publisher = rig.Connect().CreatePublisher("r.a");
        foreach (var (number, key) in new[] { (0, "z"), (1, "a"), (2, "b"), (3, "b") })
        {
            rig.Finish(publisher.PublishAsync(TopicRig.Bytes(number), System.Text.Encoding.UTF8.GetBytes(key)));
            rig.Test.Settle();
        }

        Assert.True(pulled.TryTake());
        while (!pulled.Gaps.Any())
        {
            Assert.True(pulled.TryTake());
        }

        Assert.Equal([0], pulled.Numbers);
        var positions = pulled.Subscription.Positions;
        rig.Finish(pulled.Subscription.DisposeAsync());
        var again = rig.Collect(client, "r.a", options with { ResumeFrom = positions, WindowBytes = 1000 });
        rig.Test.Settle();
        Assert.Contains(1, again.Numbers);
        Assert.Contains(3, again.Numbers);
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
