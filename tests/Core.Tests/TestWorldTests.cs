using NetCore.Testing.Shared;

namespace NetCore.Core.Tests;

/// <summary>The helper that other tests trust to find what they forgot.</summary>
public sealed class TestWorldTests : IDisposable
{
    private readonly TestWorld _world = new();
    private readonly Worker _worker;

    public TestWorldTests() => _worker = new Worker(_world.Executor);

    [Fact]
    public void A_fresh_world_is_at_the_baseline()
    {
        _world.AssertBaseline();
    }

    [Fact]
    public void A_block_that_is_out_is_not_the_baseline()
    {
        var block = _world.World.Blocks.Rent(BlockSize.Small, "kept");
        Assert.Contains("'kept'", Assert.Throws<BlockMisuseException>(_world.AssertBaseline).Message);
        block.Release();
        _world.AssertBaseline();
    }

    [Fact]
    public void Reserved_bytes_a_timer_and_waiting_work_are_not_the_baseline()
    {
        Assert.True(_world.World.Budget.TryReserve(5));
        AssertNotBaseline("5 bytes");
        _world.World.Budget.Release(5);

        var timer = new WheelTimer(_worker);
        _world.World.Timers.Schedule(timer, 10);
        AssertNotBaseline("1 timers");
        _world.World.Timers.Cancel(timer);

        _world.Executor.Post(_worker);
        AssertNotBaseline("1 work items");
        _world.Settle();
        _world.AssertBaseline();
    }

    [Fact]
    public void Work_that_a_timer_posts_is_done_at_the_time_of_the_timer()
    {
        _world.World.Timers.Schedule(new WheelTimer(_worker), 10);
        _world.AdvanceUntil(() => _worker.Executed == 1, TimeSpan.FromMilliseconds(11));
        Assert.Equal(11, _world.World.Timers.Now);
        Assert.Equal(1, _worker.Fired);
        Assert.Throws<TimeoutException>(() => _world.AdvanceUntil(() => false, TimeSpan.FromMilliseconds(5)));
        Assert.Equal(16, _world.World.Timers.Now);
    }

    public void Dispose() => _world.Dispose();

    private void AssertNotBaseline(string expected) =>
        Assert.Contains(expected, Assert.Throws<InvalidOperationException>(_world.AssertBaseline).Message);

    private sealed class Worker(IExecutor executor) : ITimerTarget, IThreadPoolWorkItem
    {
        public int Fired { get; private set; }

        public int Executed { get; private set; }

        public void OnTimer(WheelTimer timer, long token)
        {
            Fired++;
            executor.Post(this);
        }

        public void Execute() => Executed++;
    }
}
