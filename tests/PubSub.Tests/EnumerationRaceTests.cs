namespace NetCore.PubSub.Tests;

public class EnumerationRaceTests
{
    [Fact]
    public void A_cancellation_between_the_look_for_messages_and_the_wait_for_one_ends_that()
    {
        using var rig = new TopicRig();
        var subscription = rig.Get(rig.Connect().SubscribeAsync("t"));
        using var cancel = new CancellationTokenSource();
        var enumerator = subscription.GetAsyncEnumerator(cancel.Token);
        Task<bool>? next = null;
        var moving = new Thread(() => next = enumerator.MoveNextAsync().AsTask());
        lock (subscription.Reader.Lock)
        {
            moving.Start();

            // It has looked at the token, and stands before the messages.
            Assert.True(SpinWait.SpinUntil(
                () => (moving.ThreadState & ThreadState.WaitSleepJoin) != 0, TimeSpan.FromSeconds(90)));
            cancel.Cancel();
        }

        moving.Join();
        rig.Test.Settle();
        Assert.True(next!.IsCompleted);
        Assert.ThrowsAny<OperationCanceledException>(() => next.GetAwaiter().GetResult());
        rig.Finish(enumerator.DisposeAsync());
        rig.Finish(subscription.DisposeAsync());
    }
}
