namespace NetCore.Core.Tests;

public sealed class BlockCacheTests
{
    private readonly OneThread _executor = new();
    private readonly ByteBudget _budget = new();
    private readonly BlockPool _pool;

    public BlockCacheTests() => _pool = new BlockPool(_budget);

    [Fact]
    public void The_thread_of_the_executor_gets_its_own_block_again()
    {
        var cache = _pool.CacheOf(_executor);
        var block = cache.Rent(BlockSize.Small, "test");
        Assert.Equal(1, _pool.Outstanding);
        block.Release();
        Assert.Equal(0, _pool.Outstanding);
        Assert.Equal(CoreLimits.SmallBlockBytes, _budget.Used);
        Assert.Same(block, cache.Rent(BlockSize.Small, "test"));
        Assert.Equal(1, _pool.Outstanding);
    }

    [Fact]
    public void A_block_that_another_thread_releases_goes_to_the_pool()
    {
        var block = _pool.CacheOf(_executor).Rent(BlockSize.Small, "test");
        _executor.IsCurrentThread = false;
        block.Release();
        Assert.Equal(0, _pool.Outstanding);
        Assert.Equal(0, _budget.Used);
        Assert.Same(block, _pool.Rent(BlockSize.Small, "test"));
    }

    [Fact]
    public void What_others_hold_at_its_end_is_counted_by_the_pool_from_then_on()
    {
        var cache = _pool.CacheOf(_executor);
        var block = cache.Rent(BlockSize.Small, "test");
        var other = cache.Rent(BlockSize.Small, "test");
        _executor.IsCurrentThread = false;
        other.Release();
        _executor.IsCurrentThread = true;
        _pool.DropCache(_executor);
        Assert.Equal(0, cache.Rented);
        Assert.Equal(1, _pool.Outstanding);
        _executor.IsCurrentThread = false;
        block.Release();
        Assert.Equal(0, _pool.Outstanding);
    }

    [Fact]
    public void After_its_end_it_keeps_nothing_though_the_thread_goes_on()
    {
        var cache = _pool.CacheOf(_executor);
        var block = cache.Rent(BlockSize.Small, "test");
        _pool.DropCache(_executor);
        block.Release();
        cache.Rent(BlockSize.Small, "test").Release();
        Assert.Equal(0, _pool.Outstanding);
        Assert.Equal(0, _budget.Used);
    }

    [Fact]
    public void Another_thread_rents_from_the_pool()
    {
        var cache = _pool.CacheOf(_executor);
        cache.Rent(BlockSize.Small, "test").Release();
        _executor.IsCurrentThread = false;
        cache.Rent(BlockSize.Small, "test");
        Assert.Equal(1, _pool.Outstanding);
        Assert.Equal(2 * CoreLimits.SmallBlockBytes, _budget.Used);
    }

    [Fact]
    public void It_keeps_a_bounded_number_and_gives_all_back_at_the_end()
    {
        var cache = _pool.CacheOf(_executor);
        var blocks = Enumerable.Range(0, CoreLimits.CachedSmallBlocks + 5)
            .Select(_ => cache.Rent(BlockSize.Small, "test")).ToList();
        blocks.ForEach(static block => block.Release());
        Assert.Equal(0, _pool.Outstanding);
        Assert.Equal(CoreLimits.CachedSmallBlocks * CoreLimits.SmallBlockBytes, _budget.Used);
        _pool.DropCache(_executor);
        Assert.Equal(0, _pool.Outstanding);
        Assert.Equal(0, _budget.Used);
    }

    [Fact]
    public void An_executor_of_many_threads_keeps_nothing()
    {
        var cache = _pool.CacheOf(new ThreadPoolExecutor());
        cache.Rent(BlockSize.Small, "test").Release();
        Assert.Equal(0, _budget.Used);
    }

    [Fact]
    public void A_tracking_pool_sees_every_rent()
    {
        var pool = new BlockPool(_budget, track: true);
        pool.CacheOf(_executor).Rent(BlockSize.Small, "test").Release();
        Assert.Equal(0, _budget.Used);
        pool.AssertAllReturned();
    }
}
