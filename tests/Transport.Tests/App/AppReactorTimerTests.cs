using Microsoft.Extensions.Time.Testing;
using NetCore.Core;

namespace NetCore.Transport.Tests;

/// <summary>Deadlines of a reactor that the application polls.</summary>
public sealed class AppReactorTimerTests
{
    [Theory]
    [InlineData(WaitPolicy.Blocking, -1)]
    [InlineData(WaitPolicy.Adaptive, -1)]
    [InlineData(WaitPolicy.BusyPoll, -1)]
    [InlineData(WaitPolicy.Blocking, 0)]
    [InlineData(WaitPolicy.BusyPoll, 0)]
    public void A_deadline_fires_while_it_is_polled_and_never_early(WaitPolicy wait, int pollMilliseconds)
    {
        using var reactor = new AppReactor(new AppReactorOptions { Wait = wait });
        var target = new Target();
        var start = TimeProvider.System.GetTimestamp();
        reactor.World.Timers.Schedule(new WheelTimer(target), 300_000);
        reactor.World.Timers.Schedule(new WheelTimer(target), 20);
        PollUntilFired(reactor, target, TimeSpan.FromMilliseconds(pollMilliseconds));
        Assert.True(TimeProvider.System.GetElapsedTime(start) >= TimeSpan.FromMilliseconds(20));
        Assert.Equal(Environment.CurrentManagedThreadId, target.Thread);
        Assert.Equal(1, target.Fired);
    }

    [Fact]
    public void Only_an_earlier_deadline_of_another_thread_ends_the_sleep()
    {
        using var reactor = new AppReactor();
        var timers = reactor.World.Timers;
        var target = new Target();
        timers.Schedule(new WheelTimer(target), 300_000);
        var other = new Thread(() =>
        {
            SpinWait.SpinUntil(() => reactor.Counters.Waits > 0, Pair.Patience);
            timers.Schedule(new WheelTimer(target), 600_000);
            timers.Schedule(new WheelTimer(target), 1);
        });
        other.Start();
        PollUntilFired(reactor, target, Timeout.InfiniteTimeSpan);
        Assert.True(other.Join(Pair.Patience));
        Assert.Equal(1, reactor.Counters.Wakes);
    }

    [Fact]
    public void A_deadline_of_its_own_thread_costs_no_wake_up()
    {
        using var reactor = new AppReactor();
        var target = new Target();
        reactor.World.Executor.Post(
            new Reactors.Item(() => reactor.World.Timers.Schedule(new WheelTimer(target), 1)));
        PollUntilFired(reactor, target, Timeout.InfiniteTimeSpan);
        Assert.Equal(0, reactor.Counters.Wakes);
    }

    [Fact]
    public void Who_does_not_poll_is_overdue_from_the_earliest_deadline_on()
    {
        var time = new FakeTimeProvider();
        using var reactor = new AppReactor(world: new WorldOptions { Time = time });
        var target = new Target();
        reactor.World.Timers.Schedule(new WheelTimer(target), 400_000);

        // On a coarse level of the wheel, whose slot comes up before it is due.
        reactor.World.Timers.Schedule(new WheelTimer(target), 100_000);
        time.Advance(TimeSpan.FromMilliseconds(99_000));
        Assert.Equal(TimeSpan.Zero, reactor.PollOverdue);
        time.Advance(TimeSpan.FromMilliseconds(3_001));
        AppReactorTests.OnAnotherThread(() => Assert.Equal(TimeSpan.FromSeconds(2), reactor.PollOverdue));
        Assert.Equal(0, target.Fired);
        Assert.True(reactor.Poll(TimeSpan.Zero));
        Assert.Equal(1, target.Fired);
        Assert.Equal(TimeSpan.Zero, reactor.PollOverdue);
    }

    private static void PollUntilFired(AppReactor reactor, Target target, TimeSpan timeout)
    {
        while (target.Fired == 0)
        {
            reactor.Poll(timeout);
        }
    }

    private sealed class Target : ITimerTarget
    {
        public int Fired { get; private set; }

        public int Thread { get; private set; }

        public void OnTimer(WheelTimer timer, long token)
        {
            Fired++;
            Thread = Environment.CurrentManagedThreadId;
        }
    }
}
