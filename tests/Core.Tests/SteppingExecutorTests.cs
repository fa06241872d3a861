using NetCore.Testing.Shared;

namespace NetCore.Core.Tests;

public sealed class SteppingExecutorTests
{
    [Fact]
    public void Items_run_in_posted_order_without_a_seed()
    {
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7], Run(new SteppingExecutor()));
    }

    [Fact]
    public void A_seed_permutes_the_items_and_the_same_seed_permutes_them_the_same_way()
    {
        var once = Run(new SteppingExecutor(42));
        var again = Run(new SteppingExecutor(42));

        Assert.Equal(once, again);
        Assert.NotEqual([0, 1, 2, 3, 4, 5, 6, 7], once);
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7], once.Order());
    }

    [Fact]
    public void Another_thread_is_refused_only_when_the_executor_is_bound_to_one()
    {
        var executor = new SteppingExecutor { OnlyThread = Environment.CurrentManagedThreadId + 1 };
        Assert.Throws<InvalidOperationException>(() => executor.Post(new Item(static () => { })));
        executor.OnlyThread = null;
        executor.Post(new Item(static () => { }));
        Assert.Equal(1, executor.Pending);
    }

    [Fact]
    public void The_clock_of_a_test_world_stops_at_each_timer_on_the_way()
    {
        using var world = new TestWorld();
        var fired = new List<double>();
        var start = world.Time.GetTimestamp();
        var target = new Target(_ => fired.Add(world.Time.GetElapsedTime(start).TotalMilliseconds));
        world.World.Timers.Schedule(new WheelTimer(target), 10);
        world.World.Timers.Schedule(new WheelTimer(target), 700);

        world.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal([11, 701], fired);
        Assert.Equal(1000, world.Time.GetElapsedTime(start).TotalMilliseconds);
        world.AssertBaseline();
    }

    private static List<int> Run(SteppingExecutor executor)
    {
        var order = new List<int>();
        for (var i = 0; i < 8; i++)
        {
            var number = i;
            executor.Post(new Item(() => order.Add(number)));
        }

        Assert.Equal(8, executor.RunAll());
        Assert.Equal(0, executor.Pending);
        return order;
    }

    private sealed class Item(Action action) : IThreadPoolWorkItem
    {
        public void Execute() => action();
    }

    private sealed class Target(Action<long> action) : ITimerTarget
    {
        public void OnTimer(WheelTimer timer, long token) => action(token);
    }
}
