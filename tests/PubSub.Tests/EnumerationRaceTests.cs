namespace NetCore.PubSub.Tests;

[Collection(nameof(Alone))]
public class EnumerationRaceTests
{
    [Fact]
    public async Task A_cancellation_at_whatever_moment_ends_the_wait_for_a_message()
    {
        const int Rounds = 20_000;
        await using var rig = await RealTopics.StartAsync("inproc");
        var client = await rig.ConnectAsync();
        await using var subscription = await client.SubscribeAsync("t");
        var cancel = new CancellationTokenSource();
        using var start = new Barrier(2);
        var canceller = new Thread(() =>
        {
            for (var i = 0; i < Rounds; i++)
            {
                start.SignalAndWait();
                Thread.SpinWait(i % 50);
                cancel.Cancel();
                start.SignalAndWait();
            }
        });
        canceller.Start();
        var pending = 0;
        for (var i = 0; i < Rounds; i++)
        {
            using var source = new CancellationTokenSource();
            cancel = source;
            var enumerator = subscription.GetAsyncEnumerator(source.Token);
            start.SignalAndWait();
            Thread.SpinWait(i / 50 % 50);
            var next = enumerator.MoveNextAsync().AsTask();
            start.SignalAndWait();
            try
            {
                await next.WaitAsync(TimeSpan.FromSeconds(30));
                Assert.Fail("There was no message.");
            }
            catch (OperationCanceledException)
            {
            }
            catch (TimeoutException)
            {
                pending++;
                break;
            }

            await enumerator.DisposeAsync();
        }

        Assert.Equal(0, pending);
        canceller.Join();
    }
}
