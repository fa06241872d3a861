using NetCore.PubSub.Internal;

namespace NetCore.PubSub.Tests;

/// <summary>What a client makes of a broker that keeps no rule, and no bound.</summary>
public class HostileBrokerTests
{
    private const int Long = 20_000;

    [Theory]
    [Trait("Wire", "W-105 R")]
    [InlineData(1, 1, true)]
    [InlineData(PubSubLimits.MaxWindowBytes, 1, true)]
    [InlineData(PubSubLimits.MaxWindowBytes + 1, 1, false)]
    [InlineData(0, 1, false)]
    [InlineData(1, 0, false)]
    [InlineData(1, 2, false)]
    public void A_client_stays_where_the_answer_is_of_its_version_and_has_a_window(
        uint window, uint version, bool stays)
    {
        using var fake = new FakeBroker();
        var connecting = fake.Connect();
        fake.Answer(RawTopics.Block(
            BlockKind.Attached, [.. new byte[8], .. RawTopics.Fields(window, 1000, version)]));

        // A client that leaves gives its session this long to say goodbye.
        fake.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(stays, connecting.IsCompletedSuccessfully);
        var error = connecting.Exception?.InnerException as PubSubException;
        Assert.Equal(stays ? null : PubSubErrorCode.ProtocolViolation, error?.Code);
    }

    [Theory]
    [Trait("Wire", "W-105 R")]
    [InlineData(1, Long, true)]
    [InlineData(2, Long, false)]
    [InlineData(0x8000_0000, -1, false)]
    public void Records_that_follow_their_block_are_as_many_as_it_says(uint count, int payload, bool stays)
    {
        using var fake = new FakeBroker();
        var connecting = fake.Connect();
        fake.Answer(FakeBroker.Attached);
        var closed = connecting.Result.Closed;
        byte[] fields = [.. RawTopics.Fields(1, count), .. new byte[16]];
        fake.Answer(RawTopics.Block(BlockKind.Deliver, fields, "t", flags: BlockHead.RecordsFollow));
        if (payload >= 0)
        {
            Assert.False(closed.IsCompleted);
            fake.Answer(RawTopics.Record(new byte[payload]));
        }

        PubSubErrorCode? code = closed.IsCompleted ? closed.Result.Code : null;
        Assert.Equal(stays ? null : PubSubErrorCode.ProtocolViolation, code);
    }

    [Fact]
    public void Losses_that_a_broker_made_up_do_not_add_up_to_less_than_none()
    {
        using var fake = new FakeBroker();
        var connecting = fake.Connect();
        fake.Answer(FakeBroker.Attached);
        var subscribing = connecting.Result.SubscribeAsync("t", static (in MessageView _) => { }).AsTask();
        fake.Answer(RawTopics.Block(BlockKind.Subscribed, RawTopics.Fields(1)));
        fake.Answer(Gap(long.MaxValue));
        fake.Answer(Gap(long.MaxValue));
        Assert.Equal(long.MaxValue, subscribing.Result.Lost);
    }

    [Fact]
    public void Numbers_that_a_broker_made_up_accept_what_is_among_them_and_take_no_time()
    {
        using var fake = new FakeBroker();
        var connecting = fake.Connect();
        fake.Answer(FakeBroker.Attached);
        var publisher = connecting.Result.CreatePublisher(
            "t", new PublisherOptions { Acknowledgement = PublishAcknowledgement.Accepted });
        var publishing = new List<Task>();
        for (var i = 0; i < 3; i++)
        {
            publishing.Add(publisher.PublishAsync(new byte[1]).AsTask());
            publisher.Flush();
            fake.Settle();
        }

        void AssertDone(uint first, uint last, params int[] done)
        {
            fake.Answer(RawTopics.Block(BlockKind.Accepted, RawTopics.Fields(first, last)));
            Assert.Equal(done, Enumerable.Range(1, 3).Where(i => publishing[i - 1].IsCompleted));
        }

        // One each, numbered from 1 on. Step by step some of these take minutes.
        AssertDone(2, 1);
        for (var i = 0; i < 100; i++)
        {
            AssertDone(4, 0);
        }

        AssertDone(2, uint.MaxValue, 2, 3);
        AssertDone(uint.MaxValue - 1, 1, 1, 2, 3);
    }

    [Fact]
    [Trait("Wire", "W-105 R")]
    public void A_broker_that_sends_records_beyond_the_window_of_a_subscription_ends_the_topics()
    {
        using var fake = new FakeBroker();
        var subscription = Subscribe(fake, new SubscriptionOptions { WindowBytes = 200 });
        var enumerator = subscription.GetAsyncEnumerator();
        for (var i = 0; i < 10; i++)
        {
            // Each takes 119, which is granted when the next one is asked for.
            fake.Answer(Deliver());
            fake.Answer(Deliver());
            Assert.True(Get(fake, enumerator.MoveNextAsync()));
            Assert.True(Get(fake, enumerator.MoveNextAsync()));
            _ = enumerator.MoveNextAsync().AsTask();
            fake.Answer(Gap(1));
        }

        Assert.False(subscription.Closed.IsCompleted);
        fake.Answer(Deliver());
        fake.Answer(Deliver());
        Assert.False(subscription.Closed.IsCompleted);
        fake.Answer(Deliver());
        Assert.True(subscription.Closed.IsCompleted);
        Assert.Equal(PubSubErrorCode.ProtocolViolation, subscription.Closed.Result?.Code);
        fake.Finish(enumerator.DisposeAsync());
        fake.Finish(subscription.DisposeAsync());
    }

    [Fact]
    public void Gaps_without_end_wait_as_a_few_and_none_is_forgotten()
    {
        using var fake = new FakeBroker();
        var subscription = Subscribe(fake, new SubscriptionOptions());
        for (var i = 0; i < 100; i++)
        {
            fake.Answer(Gap(2, $"t{i}"));
        }

        fake.Answer(Deliver());
        fake.Answer(Gap(2, "u"));
        var enumerator = subscription.GetAsyncEnumerator();
        var told = new List<Gap?>();
        for (var i = 0; i < PubSubLimits.MaxGapTopics + 3; i++)
        {
            Assert.True(Get(fake, enumerator.MoveNextAsync()));
            told.Add(enumerator.Current.Gap);
        }

        Assert.Equal(new Gap(null, 0, 0, 2 * (100 - PubSubLimits.MaxGapTopics), (GapReason)1), told[^3]);
        Assert.Null(told[^2]);
        Assert.Equal("u", told[^1]?.Topic);
        Assert.Equal(202, subscription.Lost);
        fake.Finish(enumerator.DisposeAsync());
    }

    [Theory]
    [Trait("Wire", "W-105 R")]
    [InlineData(0, false, true)]
    [InlineData(1, true, true)]
    [InlineData(255, true, true)]
    [InlineData(256, false, false)]
    public void A_client_keeps_no_topic_that_is_longer_than_topics_are(int length, bool delivers, bool tells)
    {
        using var fake = new FakeBroker();
        var topic = new string('t', length);
        var subscription = Subscribe(fake, new SubscriptionOptions());
        var closed = subscription.Closed;
        fake.Answer(Gap(2, topic));
        Assert.Equal(tells, !closed.IsCompleted);
        if (tells)
        {
            fake.Answer(Deliver(topic));
            Assert.Equal(delivers, !closed.IsCompleted);
        }

        var disposing = subscription.DisposeAsync();
        if (delivers)
        {
            fake.Answer(RawTopics.Block(BlockKind.Ended, RawTopics.Fields(1, 0)));
        }

        fake.Finish(disposing);
    }

    [Fact]
    [Trait("Wire", "W-105 R")]
    public void A_delivery_of_a_topic_that_is_too_long_ends_the_topics()
    {
        using var fake = new FakeBroker();
        var closed = Subscribe(fake, new SubscriptionOptions()).Closed;
        fake.Answer(Deliver(new string('t', 256)));
        Assert.True(closed.IsCompleted);
        Assert.Equal(PubSubErrorCode.ProtocolViolation, closed.Result?.Code);
    }

    private static Subscription<ReadOnlyMemory<byte>> Subscribe(FakeBroker fake, SubscriptionOptions options)
    {
        var connecting = fake.Connect();
        fake.Answer(FakeBroker.Attached);
        var subscribing = connecting.Result.SubscribeAsync("t", options).AsTask();
        fake.Answer(RawTopics.Block(BlockKind.Subscribed, RawTopics.Fields(1)));
        return subscribing.Result;
    }

    private static byte[] Gap(long count, string topic = "") => RawTopics.Block(
        BlockKind.Gap, [.. RawTopics.Fields(1, 1), .. new byte[16], .. BitConverter.GetBytes(count)], topic);

    private static byte[] Deliver(string topic = "t") => RawTopics.Block(
        BlockKind.Deliver, [.. RawTopics.Fields(1, 1), .. new byte[16]], topic, RawTopics.Record(new byte[50]));

    private static bool Get(FakeBroker fake, ValueTask<bool> step)
    {
        var task = step.AsTask();
        fake.Settle();
        return task.Result;
    }
}
