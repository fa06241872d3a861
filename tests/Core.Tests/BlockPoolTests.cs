namespace NetCore.Core.Tests;

public sealed class BlockPoolTests
{
    [Theory]
    [InlineData(BlockSize.Small, CoreLimits.SmallBlockBytes)]
    [InlineData(BlockSize.Medium, CoreLimits.MediumBlockBytes)]
    [InlineData(BlockSize.Large, CoreLimits.LargeBlockBytes)]
    public void A_rented_block_is_charged_until_its_last_reference_is_gone(BlockSize size, int bytes)
    {
        var budget = new ByteBudget();
        var pool = new BlockPool(budget);
        var block = pool.Rent(size, "test");
        block.AddReference();
        Assert.Equal((bytes, bytes, 1), (block.Capacity, budget.Used, pool.Outstanding));
        block.Release();
        Assert.Equal((2 - 1, bytes), (block.References, budget.Used));
        block.Release();
        Assert.Equal((0, 0), (budget.Used, pool.Outstanding));
        Assert.Same(block, pool.Rent(size, "again"));
    }

    [Fact]
    public void A_used_up_budget_refuses_and_a_return_opens_it_again()
    {
        var pool = new BlockPool(new ByteBudget(CoreLimits.SmallBlockBytes));
        var block = pool.Rent(BlockSize.Small, "test");
        Assert.False(pool.TryRent(BlockSize.Small, "test", out _));
        Assert.Throws<ByteBudgetExceededException>(() => pool.Rent(BlockSize.Small, "test"));
        block.Release();
        Assert.True(pool.TryRent(BlockSize.Small, "test", out _));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_block_goes_back_to_the_pool_it_came_from(bool track)
    {
        var one = new BlockPool(new ByteBudget(), track);
        var other = new BlockPool(new ByteBudget(), track);
        var block = one.Rent(BlockSize.Small, "one");
        var lease = new Lease(other.Rent(BlockSize.Small, "other"), 0, 1);

        block.Release();
        Assert.Equal((0, 1), (one.Outstanding, other.Outstanding));
        lease.Dispose();
        Assert.Equal((0, 0), (one.Outstanding, other.Outstanding));
        one.AssertAllReturned();
        other.AssertAllReturned();
    }

    [Fact]
    public void Without_tracking_a_stale_lease_is_still_found_by_its_generation()
    {
        var pool = new BlockPool(new ByteBudget());
        var lease = new Lease(pool.Rent(BlockSize.Small, "first"), 0, 4);
        lease.Dispose();
        Assert.Throws<BlockMisuseException>(() => _ = lease.Memory);
        var block = pool.Rent(BlockSize.Small, "second");
        block.Release();
        var early = new Lease(block, 0, 4);

        // The next life of the same block is not touched by the lease of the earlier one.
        var next = pool.Rent(BlockSize.Small, "next");
        Assert.Equal(BlockMisuse.DoubleReturn, Assert.Throws<BlockMisuseException>(lease.Dispose).Misuse);
        Assert.Same(block, next);
        Assert.Throws<BlockMisuseException>(early.Dispose);
        Assert.Equal(1, next.References);
        Assert.Equal("1 blocks are not returned. A tracking pool (WorldOptions.TrackBlocks) tells which.",
            pool.DescribeOutstanding());
        Assert.Throws<BlockMisuseException>(pool.AssertAllReturned);
    }

    [Fact]
    public void Rent_lease_share_and_return_allocate_nothing_without_tracking()
    {
        var pool = new BlockPool(new ByteBudget());
        void Once()
        {
            var lease = new Lease(pool.Rent(BlockSize.Large, "test"), 0, 100);
            var part = lease.Share(10, 20);
            lease.Dispose();
            part.Dispose();
        }

        Once();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Once();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void A_pool_keeps_a_bounded_number_of_free_blocks()
    {
        var pool = new BlockPool(new ByteBudget());
        var blocks = Enumerable.Range(0, CoreLimits.MaxRetainedBlocks + 5)
            .Select(_ => pool.Rent(BlockSize.Small, "test")).ToHashSet();
        Assert.Equal(CoreLimits.MaxRetainedBlocks + 5, blocks.Count);
        foreach (var block in blocks)
        {
            block.Release();
        }

        var again = Enumerable.Range(0, blocks.Count).Select(_ => pool.Rent(BlockSize.Small, "test")).ToHashSet();
        Assert.Equal(CoreLimits.MaxRetainedBlocks, again.Count(blocks.Contains));
    }

    [Fact]
    public void A_default_lease_owns_nothing_and_a_lease_stays_within_its_block()
    {
        var pool = new BlockPool(new ByteBudget(), track: true);
        var block = pool.Rent(BlockSize.Small, "test");
        Assert.Throws<ArgumentOutOfRangeException>(() => new Lease(block, -1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Lease(block, 1, block.Capacity));
        var lease = new Lease(block, 1, block.Capacity - 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => lease.Share(1, lease.Length));
        lease.Dispose();

        default(Lease).Dispose();
        Assert.True(default(Lease).Span.IsEmpty);
        Assert.Equal(default, default(Lease).Share(0, 0));
        pool.AssertAllReturned();
    }
}
