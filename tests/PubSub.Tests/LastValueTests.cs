using FsCheck;
using FsCheck.Xunit;
using NetCore.Testing.Shared;

namespace NetCore.PubSub.Tests;

public class LastValueTests
{
    private static BrokerOptions Rules => TopicRig.With(new TopicRule("v.*") { KeepsLastValues = true });

    [Fact]
    public void A_new_subscriber_gets_the_last_value_of_each_key_and_then_what_comes()
    {
        using var rig = new TopicRig(options: Rules);
        var client = rig.Connect();
        var publisher = client.CreatePublisher("v.a");
        foreach (var (number, key) in new[] { (1, "x"), (2, "y"), (3, "x"), (4, "") })
        {
            rig.Finish(publisher.PublishAsync(TopicRig.Bytes(number), System.Text.Encoding.UTF8.GetBytes(key)));
        }

        rig.Test.Settle();
        var seen = rig.Collect(client, "v.a");
        rig.Publish(client, "v.a", 5);
        Assert.Equal([2, 3, 4, 5], seen.Numbers);
        Assert.Equal([true, true, true, false], seen.All.Select(static s => s.IsSnapshot));
        Assert.Equal([2ul, 3, 4, 5], seen.All.Select(static s => s.Sequence));
        Assert.Equal(1, seen.Subscription.Delivered);
    }

    [Theory]
    [InlineData(9, 4096)]
    [InlineData(100, 90)]
    public void A_snapshot_that_does_not_fit_refuses_the_subscription(int items, int bytes)
    {
        using var rig = new TopicRig(options: Rules);
        var client = rig.Connect();
        var publisher = client.CreatePublisher("v.a");
        for (var i = 0; i < 10; i++)
        {
            rig.Finish(publisher.PublishAsync(TopicRig.Bytes(i), [(byte)(i + 1)]));
        }

        rig.Test.Settle();
        Assert.Equal(PubSubErrorCode.SnapshotTooLarge, rig.Error(
            client.SubscribeAsync("v.>", new SubscriptionOptions { MaxItems = items, MaxBytes = bytes }).AsTask()));
        Assert.Equal(0, rig.Broker.Subscriptions);
        Assert.Equal(10, rig.Collect(client, "v.>", new SubscriptionOptions { MaxItems = 10 }).All.Count);
    }

    [Fact]
    public void A_key_for_which_there_is_no_room_is_refused()
    {
        using var rig = new TopicRig(
            options: TopicRig.With(new TopicRule("v") { KeepsLastValues = true, LastValueBytes = 1024 }));
        var publisher = rig.Connect().CreatePublisher(
            "v", new PublisherOptions { Acknowledgement = PublishAcknowledgement.Accepted });
        rig.Finish(publisher.PublishAsync(new byte[600], "a"u8));
        rig.Finish(publisher.PublishAsync(new byte[700], "a"u8));
        Assert.Equal(
            PubSubErrorCode.TooManyKeys, rig.Error(publisher.PublishAsync(new byte[600], "b"u8).AsTask()));
        rig.Finish(publisher.PublishAsync([], "a"u8));
        rig.Finish(publisher.PublishAsync(new byte[600], "b"u8));
    }

    [Fact]
    public void Of_a_batch_only_the_last_value_of_a_key_is_copied()
    {
        // 1,200 copies take more than the budget, since each has a block of its own.
        using var rig = new TopicRig(options: Rules, byteBudget: 1024 * 1024);
        var client = rig.Connect();
        var publisher = client.CreatePublisher("v.a");
        rig.Finish(publisher.PublishAsync(TopicRig.Bytes(0), "x"u8));
        rig.Test.Settle();
        for (var i = 1; i <= 1200; i++)
        {
            Assert.True(publisher.TryPublish(TopicRig.Bytes(i), "x"u8));
        }

        rig.Test.Settle();
        Assert.Equal(0, publisher.Refused);
        var seen = rig.Collect(client, "v.a");
        rig.Test.Settle();
        Assert.Equal([1200], seen.Numbers);
        Assert.Equal(1201ul, Assert.Single(seen.All).Sequence);
    }

    [Fact]
    public void A_snapshot_of_many_keys_that_came_in_large_batches_misses_nothing()
    {
        const int Keys = 1000;
        using var rig = new TopicRig(options: Rules);
        var client = rig.Connect();
        var publisher = client.CreatePublisher("v.a");

        // The first goes alone; the others in batches that are kept as they were received.
        for (var i = 0; i < Keys; i++)
        {
            Assert.True(publisher.TryPublish(TopicRig.Bytes(i), System.Text.Encoding.UTF8.GetBytes($"{i}")));
        }

        rig.Test.Settle();
        var seen = rig.Collect(rig.Connect(), "v.a");
        rig.Test.Settle();
        Assert.Empty(seen.Gaps);
        Assert.Equal(Enumerable.Range(0, Keys), seen.Numbers);
    }

    [Property(MaxTest = 60)]
    public void Snapshot_and_live_messages_give_the_state_of_the_model_whenever_one_subscribes(DoNotSize<ulong> seed)
    {
        var random = new SeededRandomSource(seed.Item);
        using var rig = new TopicRig(seed.Item, permute: true, Rules);
        var publisher = rig.Connect();
        var model = new Dictionary<(string, byte), int>();
        var subscribers = new List<(Collector Seen, Dictionary<(string, byte), int> State)>();
        for (var step = 0; step < 40; step++)
        {
            var topic = $"v.{random.Next(3)}";
            var key = (byte)(1 + random.Next(4));
            var raw = publisher.CreatePublisher(topic);
            if (random.Next(6) == 0)
            {
                Assert.True(raw.TryPublish([], [key]));
                model.Remove((topic, key));
            }
            else
            {
                Assert.True(raw.TryPublish(TopicRig.Bytes(step), [key]));
                model[(topic, key)] = step;
            }

            if (random.Next(8) == 0)
            {
                var state = new Dictionary<(string, byte), int>();
                var sequences = new HashSet<(string, ulong)>();
                var seen = new Collector
                {
                    Subscription = rig.Get(rig.Connect().SubscribeAsync("v.>", (in MessageView view) =>
                    {
                        Assert.True(sequences.Add((view.Topic, view.Sequence)), "A duplicate.");
                        if (view.Payload.IsEmpty)
                        {
                            state.Remove((view.Topic, view.Key[0]));
                        }
                        else
                        {
                            state[(view.Topic, view.Key[0])] = BitConverter.ToInt32(view.Payload);
                        }
                    })),
                };
                subscribers.Add((seen, state));
            }
        }

        rig.Test.Settle();
        Assert.All(subscribers, subscriber => Assert.Equal(model.OrderBy(Order), subscriber.State.OrderBy(Order)));
    }

    private static string Order(KeyValuePair<(string, byte), int> pair) => $"{pair.Key}";
}
