using Microsoft.Extensions.Time.Testing;

namespace NetCore.Core.Tests;

public sealed class TimerWheelTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly TimerWheel _wheel;

    public TimerWheelTests() => _wheel = new TimerWheel(_time);

    [Fact]
    public void Only_an_earlier_deadline_wakes_the_driver()
    {
        var wakes = 0;
        _wheel.SetDriver(() => wakes++);
        var target = new Target();

        _wheel.Schedule(new WheelTimer(target), 100);
        Assert.Equal(1, wakes);
        _wheel.Advance();
        _wheel.Schedule(new WheelTimer(target), 100);
        _wheel.Schedule(new WheelTimer(target), 5000);
        Assert.Equal(1, wakes);

        // The second earlier one finds the driver woken for an earlier tick already.
        _wheel.Schedule(new WheelTimer(target), 50);
        _wheel.Schedule(new WheelTimer(target), 60);
        Assert.Equal(2, wakes);
        _wheel.Schedule(new WheelTimer(target), 40);
        Assert.Equal(3, wakes);
    }

    [Fact]
    public void A_timer_that_schedules_itself_in_its_callback_fires_once_per_look()
    {
        var fired = 0;
        var timer = default(WheelTimer);
        var target = new Target(() =>
        {
            fired++;
            _wheel.Schedule(timer!, 1);
        });
        timer = new WheelTimer(target);
        _wheel.Schedule(timer, 1);

        for (var look = 1; look <= 5; look++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(2));
            _wheel.Advance();
            Assert.Equal(look, fired);
        }
    }

    [Fact]
    public void A_callback_may_cancel_a_timer_of_its_own_tick()
    {
        var timers = new WheelTimer[2];
        var fired = 0;
        var target = new Target(() =>
        {
            fired++;
            Assert.Equal(fired == 1, _wheel.Cancel(timers[0]) || _wheel.Cancel(timers[1]));
        });
        timers[0] = new WheelTimer(target);
        timers[1] = new WheelTimer(target);
        _wheel.Schedule(timers[0], 10);
        _wheel.Schedule(timers[1], 10);

        _time.Advance(TimeSpan.FromSeconds(1));
        _wheel.Advance();

        Assert.Equal(1, fired);
        Assert.Equal(0, _wheel.Count);
    }

    [Fact]
    public void The_sleep_counts_from_the_end_of_the_callbacks()
    {
        _wheel.Schedule(new WheelTimer(new Target(() => _time.Advance(TimeSpan.FromMilliseconds(30)))), 10);
        _wheel.Schedule(new WheelTimer(new Target()), 100);
        _time.Advance(TimeSpan.FromMilliseconds(11));

        Assert.Equal(60, _wheel.Advance());
    }

    [Fact]
    public void A_delay_out_of_bounds_is_taken_to_the_bound()
    {
        var target = new Target();
        _wheel.Schedule(new WheelTimer(target), -5);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        _wheel.Advance();
        Assert.Equal(0, target.Fired);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        _wheel.Advance();
        Assert.Equal(1, target.Fired);

        _wheel.Schedule(new WheelTimer(target), long.MaxValue);
        _time.Advance(TimeSpan.FromMilliseconds(CoreLimits.MaxTimerMilliseconds + 1));
        _wheel.Advance();
        Assert.Equal(2, target.Fired);
    }

    [Fact]
    public void A_timer_never_fires_early_when_the_clock_stands_between_two_ticks()
    {
        var target = new Target();
        _time.Advance(TimeSpan.FromMilliseconds(0.9));
        _wheel.Schedule(new WheelTimer(target), 10);
        _time.Advance(TimeSpan.FromMilliseconds(9.6));
        _wheel.Advance();
        Assert.Equal(0, target.Fired);
        _time.Advance(TimeSpan.FromMilliseconds(0.5));
        _wheel.Advance();
        Assert.Equal(1, target.Fired);
    }

    [Fact]
    public void A_timer_cannot_be_in_two_wheels()
    {
        var other = new TimerWheel(_time);
        var timer = new WheelTimer(new Target());
        _wheel.Schedule(timer, 10);
        Assert.Throws<InvalidOperationException>(() => other.Schedule(timer, 10));
        Assert.Throws<InvalidOperationException>(() => other.Cancel(timer));
        Assert.True(_wheel.Cancel(timer));
        other.Schedule(timer, 10);
    }

    [Fact]
    public void The_next_look_is_what_the_driver_sleeps_for_and_falls_with_an_earlier_timer()
    {
        Assert.Equal(long.MaxValue, _wheel.NextLook);
        _wheel.Schedule(new WheelTimer(new Target()), 100);
        Assert.Equal(101, _wheel.NextLook);
        _wheel.Schedule(new WheelTimer(new Target()), 200);
        Assert.Equal(101, _wheel.NextLook);
        _wheel.Schedule(new WheelTimer(new Target()), 10);
        Assert.Equal(11, _wheel.NextLook);
        _time.Advance(TimeSpan.FromMilliseconds(11));
        _wheel.Advance();
        Assert.Equal((101, 1), (_wheel.NextLook, _wheel.Fired));
    }

    [Fact]
    public void The_earliest_of_all_timers_that_are_due_says_how_long_the_driver_has_not_looked()
    {
        var timer = new WheelTimer(new Target());
        foreach (var delay in new[] { 1, 255, 256, 300, 65_535, 65_536, 100_000, 20_000_000 })
        {
            _wheel.Schedule(new WheelTimer(new Target()), (delay * 2) + 5000);
            _wheel.Schedule(timer, delay);
            _time.Advance(TimeSpan.FromMilliseconds(delay));
            Assert.Equal(TimeSpan.Zero, _wheel.Overdue);
            _time.Advance(TimeSpan.FromMilliseconds(8));
            Assert.Equal(TimeSpan.FromMilliseconds(7), _wheel.Overdue);
            _wheel.Cancel(timer);
            Assert.Equal(TimeSpan.Zero, _wheel.Overdue);
            _time.Advance(TimeSpan.FromMilliseconds((delay * 2) + 5000));
            _wheel.Advance();
        }
    }

    [Fact]
    public void Nothing_is_allocated_by_schedule_cancel_and_fire()
    {
        var timer = new WheelTimer(new Target());
        void Once()
        {
            _wheel.Schedule(timer, 300);
            _wheel.Cancel(timer);
            _wheel.Schedule(timer, -1);
            _wheel.Advance();
        }

        Once();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Once();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public async Task A_driven_world_fires_in_real_time_and_never_early()
    {
        using var world = new World(new WorldOptions());
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var start = TimeProvider.System.GetTimestamp();
        var far = new WheelTimer(new Target());
        world.Timers.Schedule(far, 60_000);
        world.Timers.Schedule(new WheelTimer(new Target(done.SetResult)), 20);

        await done.Task.WaitAsync(TimeSpan.FromSeconds(90), TestContext.Current.CancellationToken);

        Assert.True(TimeProvider.System.GetElapsedTime(start) >= TimeSpan.FromMilliseconds(20));
        Assert.True(world.Timers.Cancel(far));
    }

    [Fact]
    public async Task Threads_that_schedule_and_cancel_lose_no_timer()
    {
        using var world = new World(new WorldOptions());
        const int threads = 4;
        const int each = 500;
        using var fired = new CountdownEvent(threads * each);
        var target = new Target(() => fired.Signal());
        await Task.WhenAll(Enumerable.Range(0, threads).Select(thread => Task.Run(() =>
        {
            for (var i = 0; i < each; i++)
            {
                var cancelled = new WheelTimer(target);
                world.Timers.Schedule(cancelled, 1_000_000);
                world.Timers.Schedule(new WheelTimer(target), 1 + ((i * 7 * (thread + 1)) % 300));
                Assert.True(world.Timers.Cancel(cancelled));
            }
        })));

        Assert.True(fired.Wait(TimeSpan.FromSeconds(90), TestContext.Current.CancellationToken));
        Assert.Equal(0, world.Timers.Count);
    }

    private sealed class Target(Action? action = null) : ITimerTarget
    {
        public int Fired { get; private set; }

        public void OnTimer(WheelTimer timer, long token)
        {
            Fired++;
            action?.Invoke();
        }
    }
}
