namespace NetCore.Core.Tests;

/// <summary>What a tracking pool says to each kind of misuse.</summary>
public sealed class BlockTrackingTests
{
    private readonly ByteBudget _budget = new();
    private readonly BlockPool _pool;

    public BlockTrackingTests() => _pool = new BlockPool(_budget, track: true);

    [Fact]
    public void A_leak_is_named_with_its_owner_and_the_place_of_the_rent()
    {
        var block = _pool.Rent(BlockSize.Medium, "the forgetful one");
        using (new Lease(_pool.Rent(BlockSize.Small, "the tidy one"), 0, 1))
        {
            block.AddReference();
            Assert.Contains("the tidy one", _pool.DescribeOutstanding());
        }

        var misuse = Assert.Throws<BlockMisuseException>(_pool.AssertAllReturned);
        Assert.Equal(BlockMisuse.Leak, misuse.Misuse);
        Assert.Contains("Leak", misuse.Message);
        Assert.Contains("Medium block of 'the forgetful one'", misuse.Message);
        Assert.Contains("2 references, 0 leases", misuse.Message);
        Assert.Contains(nameof(A_leak_is_named_with_its_owner_and_the_place_of_the_rent), misuse.Message);
        Assert.DoesNotContain("the tidy one", misuse.Message);

        block.Release();
        block.Release();
        Assert.Equal("", _pool.DescribeOutstanding());
        _pool.AssertAllReturned();
    }

    [Fact]
    public void A_report_of_many_leaks_is_bounded()
    {
        var blocks = Enumerable.Range(0, 40).Select(i => _pool.Rent(BlockSize.Small, $"number {i}.")).ToList();
        var report = _pool.DescribeOutstanding();
        Assert.StartsWith("40 blocks are not returned", report);
        Assert.Contains("'number 15.'", report);
        Assert.DoesNotContain("'number 16.'", report);
        Assert.Contains("And 24 more", report);
        blocks.ForEach(static block => block.Release());
    }

    [Fact]
    public void A_block_released_twice_is_a_double_return_with_both_places()
    {
        var block = _pool.Rent(BlockSize.Small, "twice");
        block.Release();
        AssertMisuse(block.Release, BlockMisuse.DoubleReturn, "Double return", "'twice'", "Rented:", "Returned:");
        Assert.Equal(0, block.References);
        Assert.Equal(0, _pool.Outstanding);
        Assert.Equal(0, _budget.Used);
    }

    [Fact]
    public void A_lease_disposed_twice_is_a_double_return_even_while_others_hold_the_block()
    {
        var first = new Lease(_pool.Rent(BlockSize.Small, "shared"), 0, 10);
        var second = first.Share(2, 3);
        var copy = first;
        first.Dispose();

        AssertMisuse(copy.Dispose, BlockMisuse.DoubleReturn, "Double return", "'shared'");
        AssertMisuse(() => _ = copy.Span.Length, BlockMisuse.UseAfterReturn, "Use after return", "'shared'");
        AssertMisuse(() => copy.Share(0, 1), BlockMisuse.UseAfterReturn, "Use after return", "'shared'");
        Assert.Equal(3, second.Span.Length);
        second.Dispose();
        AssertMisuse(second.Dispose, BlockMisuse.DoubleReturn, "Double return", "'shared'");
        _pool.AssertAllReturned();
    }

    [Fact]
    public void A_reference_that_a_lease_took_over_is_not_released_beside_it()
    {
        var block = _pool.Rent(BlockSize.Small, "both");
        var lease = new Lease(block, 0, 1);
        AssertMisuse(block.Release, BlockMisuse.DoubleReturn, "1 of its leases", "'both'");
        Assert.Throws<BlockMisuseException>(lease.Dispose);
    }

    [Fact]
    public void A_returned_block_can_be_neither_read_nor_shared()
    {
        var block = _pool.Rent(BlockSize.Small, "late");
        block.Release();
        AssertMisuse(() => _ = block.Span.Length, BlockMisuse.UseAfterReturn, "Use after return", "'late'");
        AssertMisuse(() => _ = block.Memory.Length, BlockMisuse.UseAfterReturn, "Use after return", "'late'");
        AssertMisuse(() => _ = block.Segment(0, 1), BlockMisuse.UseAfterReturn, "Use after return", "'late'");
        AssertMisuse(() => _ = new Lease(block, 0, 1), BlockMisuse.UseAfterReturn, "Use after return", "'late'");
        AssertMisuse(block.AddReference, BlockMisuse.UseAfterReturn, "Use after return", "'late'");
        Assert.Equal(0, block.References);
    }

    [Fact]
    public void Returned_memory_is_poisoned_and_stays_in_quarantine()
    {
        var block = _pool.Rent(BlockSize.Small, "first");
        var memory = block.Memory;
        memory.Span.Fill(7);
        block.Release();
        Assert.False(memory.Span.ContainsAnyExcept((byte)0xDD));

        for (var i = 0; i < CoreLimits.QuarantineBlocks; i++)
        {
            var other = _pool.Rent(BlockSize.Small, "other");
            Assert.NotSame(block, other);
            other.Release();
        }

        Assert.Same(block, _pool.Rent(BlockSize.Small, "next"));
    }

    [Fact]
    public void A_late_write_is_found_at_the_next_rent_and_the_budget_keeps_its_sum()
    {
        var block = _pool.Rent(BlockSize.Small, "late writer");
        var memory = block.Memory;
        block.Release();
        memory.Span[777] = 1;

        AssertMisuse(_pool.AssertAllReturned, BlockMisuse.UseAfterReturn, "byte 777", "'late writer'");
        AssertMisuse(RentAll, BlockMisuse.UseAfterReturn, "byte 777", "'late writer'", "Returned:");
        Assert.Equal(0, _pool.Outstanding);
        Assert.Equal(0, _budget.Used);
        RentAll();

        void RentAll()
        {
            for (var i = 0; i <= CoreLimits.QuarantineBlocks; i++)
            {
                _pool.Rent(BlockSize.Small, "other").Release();
            }
        }
    }

    private static void AssertMisuse(Action action, BlockMisuse expected, params string[] words)
    {
        var misuse = Assert.Throws<BlockMisuseException>(action);
        Assert.Equal(expected, misuse.Misuse);
        Assert.All(words, word => Assert.Contains(word, misuse.Message));
        Assert.Contains($"'{misuse.Owner}'", misuse.Message);
    }
}
