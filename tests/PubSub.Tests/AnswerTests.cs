using NetCore.PubSub.Internal;

namespace NetCore.PubSub.Tests;

/// <summary>A broker that does not answer is not waited for without end.</summary>
public class AnswerTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(10);

    [Fact]
    public void A_client_that_gets_no_answer_gives_up_at_its_deadline()
    {
        using var fake = new FakeBroker();
        var connecting = fake.Connect(Timeout);
        fake.Advance(Timeout - Moment);
        Assert.False(connecting.IsCompleted);
        fake.Advance(Moment * 2);
        Assert.Equal(PubSubErrorCode.DeadlineExceeded, ErrorOf(fake, connecting));
    }

    [Fact]
    public void A_client_whose_token_is_cancelled_gives_up_at_once()
    {
        using var fake = new FakeBroker();
        using var cancel = new CancellationTokenSource();
        var connecting = fake.Connect(Timeout, cancel.Token);
        cancel.Cancel();
        fake.Settle();
        AssertCancelled(connecting);
    }

    [Fact]
    public void A_session_that_is_not_the_clients_goes_on_when_it_gives_up()
    {
        using var rig = new FakeBroker();
        var connecting = rig.Connect(Timeout);
        rig.Answer(FakeBroker.Attached);
        var session = connecting.Result.Session;
        using var cancel = new CancellationTokenSource();
        var second = TopicClient.OverAsync(session, cancellationToken: cancel.Token).AsTask();
        rig.Settle();
        cancel.Cancel();
        rig.Settle();
        AssertCancelled(second);
        var third = TopicClient.OverAsync(session, Timeout).AsTask();
        rig.Advance(Timeout + Moment);
        Assert.Equal(PubSubErrorCode.DeadlineExceeded, ErrorOf(rig, third));
        Assert.False(session.Closed.IsCompleted);
    }

    [Fact]
    public void A_subscribe_that_is_answered_by_an_end_without_a_reason_does_not_wait_for_its_deadline()
    {
        using var fake = new FakeBroker();
        var connecting = fake.Connect(Timeout);
        fake.Answer(FakeBroker.Attached);
        var subscribing = connecting.Result.SubscribeAsync("t").AsTask();
        fake.Answer(RawTopics.Block(BlockKind.Ended, RawTopics.Fields(1, 0)));
        Assert.True(subscribing.IsCompleted);
        Assert.Equal(PubSubErrorCode.Unavailable, ErrorOf(fake, subscribing));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_subscribe_that_gets_no_answer_ends_and_says_so_to_the_broker(bool cancels)
    {
        using var fake = new FakeBroker();
        var connecting = fake.Connect(Timeout);
        fake.Answer(FakeBroker.Attached);
        using var cancel = new CancellationTokenSource();
        var handled = 0;
        var subscribing = connecting.Result.SubscribeAsync(
            "t", (in MessageView _) => handled++, cancellationToken: cancel.Token).AsTask();
        fake.Settle();
        if (cancels)
        {
            cancel.Cancel();
            fake.Settle();
            AssertCancelled(subscribing);
        }
        else
        {
            fake.Advance(Timeout - Moment);
            Assert.False(subscribing.IsCompleted);
            fake.Advance(Moment * 2);
            Assert.Equal(PubSubErrorCode.DeadlineExceeded, ErrorOf(fake, subscribing));
        }

        fake.Settle();
        Assert.Contains(fake.Messages, static message => (BlockKind)message[0] == BlockKind.Unsubscribe);

        // The broker's answer comes late, and is of no use any more.
        fake.Answer(RawTopics.Block(BlockKind.Ended, RawTopics.Fields(1, 0)));
        Assert.Equal(0, handled);
        Assert.False(connecting.Result.Closed.IsCompleted);
    }

    [Fact]
    public void A_token_that_was_cancelled_before_sends_nothing()
    {
        using var fake = new FakeBroker();
        var connecting = fake.Connect(Timeout);
        fake.Answer(FakeBroker.Attached);
        fake.Messages.Clear();
        var subscribing = connecting.Result.SubscribeAsync(
            "t", cancellationToken: new CancellationToken(canceled: true)).AsTask();
        fake.Settle();
        AssertCancelled(subscribing);
        Assert.Empty(fake.Messages);
    }

    [Fact]
    public void A_subscription_whose_end_is_not_confirmed_ends_at_the_deadline()
    {
        using var fake = new FakeBroker();
        var client = Connect(fake);
        var subscribing = client.SubscribeAsync("t").AsTask();
        fake.Answer(RawTopics.Block(BlockKind.Subscribed, RawTopics.Fields(1)));
        var subscription = subscribing.Result;
        var disposing = subscription.DisposeAsync().AsTask();
        fake.Advance(Timeout - Moment);
        Assert.False(disposing.IsCompleted);
        fake.Advance(Moment * 2);
        Assert.True(disposing.IsCompletedSuccessfully);
        Assert.Null(subscription.Closed.Result);
        Assert.Equal(0, client.Stream.Subscriptions);
        Assert.False(client.Closed.IsCompleted);
    }

    [Fact]
    public void A_subscribe_that_was_cancelled_and_never_confirmed_is_forgotten_at_the_deadline()
    {
        using var fake = new FakeBroker();
        var client = Connect(fake);
        using var cancel = new CancellationTokenSource();
        var subscribing = client.SubscribeAsync("t", cancellationToken: cancel.Token).AsTask();
        cancel.Cancel();
        fake.Settle();
        AssertCancelled(subscribing);
        Assert.Equal(1, client.Stream.Subscriptions);
        fake.Advance(Timeout + Moment);
        Assert.Equal(0, client.Stream.Subscriptions);
    }

    [Fact]
    public void A_client_over_a_session_of_others_whose_end_is_not_confirmed_ends_at_the_deadline()
    {
        using var fake = new FakeBroker();
        var session = Connect(fake).Session;
        var attaching = TopicClient.OverAsync(session, Timeout).AsTask();
        fake.AnswerSecond(FakeBroker.Attached);
        var client = attaching.Result;
        var disposing = client.DisposeAsync().AsTask();
        fake.Advance(Timeout - Moment);
        Assert.False(disposing.IsCompleted);
        fake.Advance(Moment * 2);
        Assert.True(disposing.IsCompletedSuccessfully);
        Assert.False(session.Closed.IsCompleted);
    }

    private static TopicClient Connect(FakeBroker fake)
    {
        var connecting = fake.Connect(Timeout);
        fake.Answer(FakeBroker.Attached);
        Assert.True(connecting.IsCompletedSuccessfully);
        return connecting.Result;
    }

    // Not awaited: in this world nothing would complete it any more.
    private static void AssertCancelled(Task task)
    {
        Assert.True(task.IsCompleted);
        Assert.ThrowsAny<OperationCanceledException>(() => task.GetAwaiter().GetResult());
    }

    private static PubSubErrorCode ErrorOf(FakeBroker fake, Task task)
    {
        // A session of its own is closed then, which waits a moment for its peer.
        fake.Advance(Timeout);
        Assert.True(task.IsCompleted);
        return Assert.IsType<PubSubException>(task.Exception?.InnerException).Code;
    }
}
