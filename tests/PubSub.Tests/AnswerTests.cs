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
        Assert.ThrowsAny<OperationCanceledException>(() => connecting.GetAwaiter().GetResult());
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
        Assert.ThrowsAny<OperationCanceledException>(() => second.GetAwaiter().GetResult());
        var third = TopicClient.OverAsync(session, Timeout).AsTask();
        rig.Advance(Timeout + Moment);
        Assert.Equal(PubSubErrorCode.DeadlineExceeded, ErrorOf(rig, third));
        Assert.False(session.Closed.IsCompleted);
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
            Assert.ThrowsAny<OperationCanceledException>(() => subscribing.GetAwaiter().GetResult());
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
        Assert.ThrowsAny<OperationCanceledException>(() => subscribing.GetAwaiter().GetResult());
        Assert.Empty(fake.Messages);
    }

    private static PubSubErrorCode ErrorOf(FakeBroker fake, Task task)
    {
        // A session of its own is closed then, which waits a moment for its peer.
        fake.Advance(Timeout);
        return Assert.IsType<PubSubException>(task.Exception?.InnerException).Code;
    }
}
