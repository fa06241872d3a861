namespace NetCore.Transport.Tests;

/// <summary>The wake-up of a reactor that sleeps without a time limit.</summary>
public sealed class LostWakeUpTests
{
    private const int Posters = 4;

    [Theory]
    [InlineData(WaitPolicy.Blocking, 250_000, false)]
    [InlineData(WaitPolicy.Adaptive, 25_000, false)]
    [InlineData(WaitPolicy.BusyPoll, 25_000, false)]
    [InlineData(WaitPolicy.Blocking, 100_000, true)]
    [InlineData(WaitPolicy.Adaptive, 25_000, true)]
    [InlineData(WaitPolicy.BusyPoll, 25_000, true)]
    public async Task Every_item_that_four_threads_post_to_an_idle_reactor_runs(
        WaitPolicy wait, int itemsEach, bool onRing)
    {
        using var reactor = Reactors.Create(wait, onRing);
        var runs = 0;
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var item = new Reactors.Item(() =>
        {
            if (++runs == Posters * itemsEach)
            {
                done.SetResult();
            }
        });
        var posters = Enumerable.Range(1, Posters).Select(seed => Task.Factory.StartNew(
            () =>
            {
                var random = new Random(seed);
                for (var i = 0; i < itemsEach; i++)
                {
                    reactor.Post(item);

                    // Now and then it may fall asleep, so that posts meet every step of that.
                    Thread.SpinWait(random.Next(200) == 0 ? random.Next(20_000) : random.Next(20));
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)).ToArray();
        await Task.WhenAll(posters).WaitAsync(Pair.Patience * 4);

        // Nobody wakes it any more: an item that was left would be left for ever.
        await done.Task.WaitAsync(Pair.Patience);
        Assert.Equal(Posters * itemsEach, runs);
        Assert.True(reactor.Wakes <= reactor.Waits, $"{reactor.Wakes} wake-ups of {reactor.Waits} waits");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_item_that_comes_while_the_reactor_falls_asleep_runs_though_nothing_follows_it(bool onRing)
    {
        using var reactor = Reactors.Create(onRing: onRing);
        var runs = 0;
        var item = new Reactors.Item(() => Volatile.Write(ref runs, runs + 1));
        var random = new Random(1);
        for (var i = 1; i <= 40_000; i++)
        {
            // The first wakes it, which takes some ten microseconds; the second comes at any moment of that, of the
            // work or of falling asleep again.
            reactor.Post(item);
            Thread.SpinWait(random.Next(1500));
            reactor.Post(item);
            var expected = 2 * i;
            Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref runs) == expected, Pair.Patience), $"item {i}");
        }

        Assert.True(reactor.Wakes <= reactor.Waits, $"{reactor.Wakes} wake-ups of {reactor.Waits} waits");
    }

    [Fact]
    public async Task Posts_to_a_reactor_that_is_awake_cost_no_wake_up()
    {
        using var reactor = Reactors.Create();
        using var entered = new ManualResetEventSlim();
        using var go = new ManualResetEventSlim();
        reactor.Post(new Reactors.Item(() =>
        {
            entered.Set();
            go.Wait(Pair.Patience);
        }));
        Assert.True(entered.Wait(Pair.Patience));
        var before = reactor.Wakes;
        for (var i = 0; i < 1000; i++)
        {
            reactor.Post(new Reactors.Item(static () => { }));
        }

        Assert.Equal(before, reactor.Wakes);
        go.Set();
        await reactor.Run(static () => { });
    }

    [Fact]
    public async Task A_busy_polling_reactor_is_never_woken_by_a_system_call()
    {
        using var reactor = Reactors.Create(WaitPolicy.BusyPoll);
        for (var i = 0; i < 200; i++)
        {
            await reactor.Run(static () => { });
        }

        Assert.Equal(0, reactor.Wakes);
    }
}
