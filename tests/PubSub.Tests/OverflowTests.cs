namespace NetCore.PubSub.Tests;

public class OverflowTests
{
    // A window of one byte takes one message, then the rest waits at the broker.
    private static SubscriptionOptions Slow(OverflowRule rule, int items = 3) =>
        new() { Overflow = rule, MaxItems = items, WindowBytes = 1 };

    [Fact]
    public void The_oldest_are_dropped_and_told_before_the_next()
    {
        using var rig = new TopicRig();
        var client = rig.Connect();
        var pulled = rig.Pull(client, "t", Slow(OverflowRule.DropOldest));
        rig.Publish(client, "t", Enumerable.Range(1, 10));
        pulled.TakeAll();
        Assert.Equal([1, 8, 9, 10], pulled.Numbers);
        Assert.Equal(new Gap("t", 2, 7, 6, GapReason.Overflow), Assert.Single(pulled.Gaps));
        Assert.NotNull(pulled.All[1].Gap);
        Assert.Equal(6, pulled.Subscription.Lost);
        Assert.Equal(4, pulled.Subscription.Delivered);
    }

    [Fact]
    public void What_is_taken_out_of_a_batch_one_by_one_leaves_its_room_to_others()
    {
        using var rig = new TopicRig();
        var options = new SubscriptionOptions { MaxBytes = 1000, WindowBytes = 1 };
        var pulled = rig.Pull(rig.Connect(), "t", options);
        var publisher = rig.Connect().CreatePublisher("t");
        for (var round = 1; round <= 20; round++)
        {
            // Five messages without a pause are at most two batches, and half of the bound.
            for (var i = 0; i < 5; i++)
            {
                Assert.True(publisher.TryPublish(new byte[100]));
            }

            rig.Test.Settle();
            pulled.TakeAll();
            Assert.Equal((5 * round, 0), (pulled.Subscription.Delivered, pulled.Subscription.Lost));
        }
    }

    [Fact]
    public void The_newest_are_dropped_and_told_in_their_place()
    {
        using var rig = new TopicRig();
        var client = rig.Connect();
        var pulled = rig.Pull(client, "t", Slow(OverflowRule.DropNewest));
        rig.Publish(client, "t", Enumerable.Range(1, 10));
        pulled.TakeAll();
        rig.Publish(client, "t", 11);
        pulled.TakeAll();
        Assert.Equal([1, 2, 3, 4, 11], pulled.Numbers);
        Assert.Equal(new Gap("t", 5, 10, 6, GapReason.Overflow), Assert.Single(pulled.Gaps));
        Assert.NotNull(pulled.All[4].Gap);
    }

    [Fact]
    public void A_newer_message_of_a_key_takes_the_place_of_the_older()
    {
        using var rig = new TopicRig();
        var client = rig.Connect();
        var pulled = rig.Pull(client, "t", Slow(OverflowRule.Conflate, 100));
        var publisher = client.CreatePublisher("t");
        rig.Finish(publisher.PublishAsync(TopicRig.Bytes(0)));
        rig.Test.Settle();
        for (var i = 1; i <= 9; i++)
        {
            rig.Finish(publisher.PublishAsync(TopicRig.Bytes(i), [(byte)(i % 3)]));
        }

        rig.Test.Settle();
        pulled.TakeAll();
        Assert.Equal([0, 7, 8, 9], pulled.Numbers);
        Assert.Equal(new Gap("t", 2, 7, 6, GapReason.Conflated), Assert.Single(pulled.Gaps));
    }

    [Fact]
    public void A_subscription_that_is_to_end_does_so_after_a_gap_that_counts_everything()
    {
        using var rig = new TopicRig();
        var client = rig.Connect();
        var pulled = rig.Pull(client, "t", Slow(OverflowRule.Disconnect));
        rig.Publish(client, "t", Enumerable.Range(1, 10));
        pulled.TakeAll();
        Assert.Equal([1], pulled.Numbers);
        Assert.Equal(PubSubErrorCode.SlowSubscriber, pulled.Error?.Code);
        var gap = Assert.Single(pulled.Gaps);
        Assert.Equal(2ul, gap.First);
        Assert.Equal(0, rig.Broker.Subscriptions);
        Assert.Equal((long)gap.Last - 1, gap.Count);
    }

    [Fact]
    public void Bytes_are_a_bound_too_and_one_large_message_may_wait_alone()
    {
        using var rig = new TopicRig();
        var client = rig.Connect();
        var pulled = rig.Pull(client, "t", new SubscriptionOptions { MaxBytes = 1000, WindowBytes = 1 });
        var publisher = client.CreatePublisher("t");
        foreach (var length in new[] { 10, 400, 400, 400, 50_000 })
        {
            rig.Finish(publisher.PublishAsync(new byte[length]));
            rig.Test.Settle();
        }

        pulled.TakeAll();
        Assert.Equal([10, 50_000], pulled.All.Where(static s => s.Gap is null).Select(static s => s.Length));
        Assert.Equal(new Gap("t", 2, 4, 3, GapReason.Overflow), Assert.Single(pulled.Gaps));
    }

    [Fact]
    public void Losses_of_more_topics_than_are_told_apart_are_counted_together()
    {
        using var rig = new TopicRig();
        var client = rig.Connect();
        var pulled = rig.Pull(client, "t.*", Slow(OverflowRule.DropNewest, 1));
        for (var i = 0; i < 52; i++)
        {
            rig.Publish(client, $"t.{i}", 1, 2);
        }

        pulled.TakeAll();
        Assert.Equal(104, pulled.Told);
        Assert.InRange(pulled.Gaps.Count(), 1, PubSubLimits.MaxGapTopics + 2);
        Assert.Null(pulled.Gaps.Last().Topic);
    }

    [Fact]
    public void A_subscriber_whose_session_takes_no_such_message_is_told_that_it_is_missing()
    {
        using var rig = new TopicRig();
        var small = rig.Connect(new Session.SessionOptions { MaxMessageBytes = 20_000 });
        var seen = rig.Collect(small, "t");
        var client = rig.Connect();
        rig.Publish(client, "t", 1);
        rig.Finish(client.CreatePublisher("t").PublishAsync(new byte[30_000]));
        rig.Publish(client, "t", 3);
        Assert.Equal([1, 3], seen.Numbers);
        Assert.Equal(new Gap("t", 2, 2, 1, GapReason.TooLarge), Assert.Single(seen.Gaps));
    }

    [Fact]
    public void A_message_waits_for_a_subscriber_that_blocks_and_goes_on_when_there_is_room()
    {
        using var rig = new TopicRig(options: TopicRig.With(new TopicRule("t") { AllowBlocking = true }));
        var client = rig.Connect();
        var other = rig.Collect(rig.Connect(), "t");
        var pulled = rig.Pull(client, "t", Slow(OverflowRule.Block));
        var publisher = rig.Connect().CreatePublisher(
            "t", new PublisherOptions { Acknowledgement = PublishAcknowledgement.Accepted });
        var tasks = Enumerable.Range(1, 10).Select(i => publisher.PublishAsync(TopicRig.Bytes(i)).AsTask()).ToList();
        rig.Test.Settle();
        Assert.Equal([1, 2, 3, 4], other.Numbers);
        Assert.False(tasks[9].IsCompleted);
        pulled.TakeAll();
        rig.Test.Settle();
        tasks.ForEach(rig.Finish);
        Assert.Equal(Enumerable.Range(1, 10), pulled.Numbers);
        Assert.Equal(Enumerable.Range(1, 10), other.Numbers);
        Assert.Empty(pulled.Gaps);
    }

    [Fact]
    public void A_message_that_has_waited_until_its_deadline_is_refused_and_has_no_number()
    {
        using var rig = new TopicRig(options: TopicRig.With(new TopicRule("t") { AllowBlocking = true }));
        var client = rig.Connect();
        var pulled = rig.Pull(client, "t", Slow(OverflowRule.Block, 1));
        var publisher = rig.Connect().CreatePublisher("t", new PublisherOptions
        {
            Acknowledgement = PublishAcknowledgement.Accepted, Timeout = TimeSpan.FromMilliseconds(100),
        });
        var tasks = Enumerable.Range(1, 4).Select(i =>
        {
            var task = publisher.PublishAsync(TopicRig.Bytes(i)).AsTask();
            rig.Test.Settle();
            return task;
        }).ToList();
        rig.Advance(200);
        rig.Finish(tasks[0]);
        rig.Finish(tasks[1]);
        Assert.Equal(PubSubErrorCode.DeadlineExceeded, rig.Error(tasks[2]));
        Assert.Equal(PubSubErrorCode.DeadlineExceeded, rig.Error(tasks[3]));
        pulled.TakeAll();
        rig.Finish(publisher.PublishAsync(TopicRig.Bytes(5)));
        pulled.TakeAll();
        Assert.Equal([1, 2, 5], pulled.Numbers);
        Assert.Equal([1ul, 2, 3], pulled.All.Select(static s => s.Sequence));
    }

    [Fact]
    public void A_blocked_publisher_goes_on_when_the_subscriber_has_gone()
    {
        using var rig = new TopicRig(options: TopicRig.With(new TopicRule("t") { AllowBlocking = true }));
        var blocker = rig.Connect();
        rig.Pull(blocker, "t", Slow(OverflowRule.Block, 1));
        var other = rig.Collect(rig.Connect(), "t");
        rig.Publish(rig.Connect(), "t", Enumerable.Range(1, 10));
        Assert.Equal([1, 2], other.Numbers);
        blocker.Session.Abort();
        rig.Test.Settle();
        Assert.Equal(Enumerable.Range(1, 10), other.Numbers);
    }

    [Theory]
    [InlineData("u")]
    [InlineData("t.>")]
    [InlineData(">")]
    public void Who_may_not_block_is_refused(string pattern)
    {
        using var rig = new TopicRig(options: TopicRig.With(new TopicRule("t.*") { AllowBlocking = true }));
        var client = rig.Connect();
        var options = new SubscriptionOptions { Overflow = OverflowRule.Block };
        Assert.Equal(
            PubSubErrorCode.BlockingNotAllowed, rig.Error(client.SubscribeAsync(pattern, options).AsTask()));
        rig.Pull(client, "t.x", options);
    }

    [Fact]
    public void A_publisher_that_is_not_read_waits_for_room_within_its_deadline()
    {
        using var rig = new TopicRig(options: TopicRig.With(new TopicRule("t") { AllowBlocking = true }));
        rig.Pull(rig.Connect(), "t", Slow(OverflowRule.Block, 1));
        var publisher = rig.Connect().CreatePublisher(
            "t", new PublisherOptions { Timeout = TimeSpan.FromSeconds(1) });
        while (publisher.TryPublish(new byte[10_000]))
        {
            rig.Test.Settle();
        }

        var waiting = publisher.PublishAsync(new byte[10_000]).AsTask();
        rig.Test.Settle();
        Assert.False(waiting.IsCompleted);
        Assert.InRange(rig.Test.World.Budget.Used, 1, 4 * PubSubLimits.PublishWindowBytes);
        rig.Advance(1500);
        Assert.Equal(PubSubErrorCode.DeadlineExceeded, rig.Error(waiting));
        Assert.True(publisher.Refused > 10);
        Assert.True(publisher.TryPublish([]));
    }
}
