using NetCore.PubSub.Internal;

namespace NetCore.PubSub.Tests;

/// <summary>A message that becomes a gap costs its subscription no credit: it goes on.</summary>
public class CreditTests
{
    [Fact]
    public void A_subscription_goes_on_after_a_message_that_is_larger_than_its_window_and_its_session()
    {
        using var rig = new TopicRig();
        var small = rig.Connect(new Session.SessionOptions { MaxMessageBytes = 20_000 });
        var seen = rig.Collect(small, "t", new SubscriptionOptions { WindowBytes = 20_000 });
        var client = rig.Connect();
        var publisher = client.CreatePublisher("t");
        for (var i = 0; i < 5; i++)
        {
            rig.Finish(publisher.PublishAsync(new byte[30_000]));
            rig.Publish(client, "t", i);
        }

        Assert.Equal([0, 1, 2, 3, 4], seen.Numbers);
        Assert.All(seen.Gaps, static gap => Assert.Equal(GapReason.TooLarge, gap.Reason));
        Assert.Equal(5, seen.Subscription.Lost);
    }

    [Fact]
    public void Records_for_which_the_client_has_no_memory_are_a_gap_and_are_granted_again()
    {
        const int Length = 1000;
        using var fake = new FakeBroker();
        var client = fake.Connect();
        fake.Answer(FakeBroker.Attached);
        var budget = fake.World.Budget;
        var taken = 0L;

        // The first subscription's handler takes all memory, and gives it back at its second message.
        var hoarding = client.Result.SubscribeAsync("hoard", (in MessageView _) =>
        {
            if (taken > 0)
            {
                budget.Release(taken);
                return;
            }

            taken = budget.Limit - budget.Used;
            Assert.True(budget.TryReserve(taken));
        }).AsTask();
        fake.Answer(RawTopics.Block(BlockKind.Subscribed, RawTopics.Fields(1)));
        Assert.True(hoarding.IsCompletedSuccessfully);
        var subscribing = client.Result.SubscribeAsync("t", new SubscriptionOptions { WindowBytes = Length }).AsTask();
        fake.Answer(RawTopics.Block(BlockKind.Subscribed, RawTopics.Fields(2)));
        var subscription = subscribing.Result;
        fake.Answer([.. Deliver(1, "hoard", 1, 4), .. Deliver(2, "t", 1, Length), .. Deliver(1, "hoard", 2, 4)]);

        var enumerator = subscription.GetAsyncEnumerator();
        var next = enumerator.MoveNextAsync().AsTask();
        fake.Settle();
        Assert.True(next.Result);
        Assert.Equal(new Gap("t", 1, 1, 1, GapReason.OutOfMemoryBudget), enumerator.Current.Gap);

        // The next one shows that the first was handled.
        fake.Messages.Clear();
        next = enumerator.MoveNextAsync().AsTask();
        fake.Settle();
        Assert.False(next.IsCompleted);
        var grant = Assert.Single(fake.Messages);
        Assert.Equal(RawTopics.Grant(2, Length + 5 + PubSubLimits.BlockCharge), grant);
        fake.Answer(Deliver(2, "t", 2, 10));
        Assert.True(next.Result);
        Assert.Equal(10, enumerator.Current.Value.Length);
        Assert.Equal(2ul, Assert.Single(subscription.Positions.Positions).Sequence);
        fake.Finish(enumerator.DisposeAsync());
    }

    private static byte[] Deliver(uint subscription, string topic, ulong first, int length) => RawTopics.Block(
        BlockKind.Deliver,
        [.. RawTopics.Fields(subscription, 1), .. BitConverter.GetBytes(first), .. new byte[8]],
        topic,
        RawTopics.Record(new byte[length]));
}
